namespace MLSegmentation.Tests;

/// <summary>Masks of rectangles of random classes, with a little noise: areas, outlines and single pixels.</summary>
internal static class RandomMask
{
    /// <summary>Keys of 0 to the number of classes.</summary>
    public static uint[] Draw(Random random, int width, int height, int classes)
    {
        var mask = new uint[width * height];
        Array.Fill(mask, (uint)random.Next(classes + 1));
        for (int rectangle = 0; rectangle < 6; rectangle++)
        {
            int left = random.Next(width), top = random.Next(height), right = random.Next(left, width) + 1,
                bottom = random.Next(top, height) + 1;
            uint key = (uint)random.Next(classes + 1);
            for (int y = top; y < bottom; y++) mask.AsSpan((y * width) + left, right - left).Fill(key);
        }
        for (int noise = 0; noise < mask.Length / 50; noise++) mask[random.Next(mask.Length)] = (uint)random.Next(classes + 1);
        return mask;
    }

    /// <summary>A square of class 0 (key 1) on an ignored or other ground.</summary>
    public static uint[] Square(int size, int left, int top, int side, uint ground)
    {
        var mask = new uint[size * size];
        Array.Fill(mask, ground);
        for (int y = top; y < top + side; y++) mask.AsSpan((y * size) + left, side).Fill(1);
        return mask;
    }
}

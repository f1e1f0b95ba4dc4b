namespace Kernels;

/// <summary>Masks like a street scene's: areas with ragged borders and a few single pixels.</summary>
internal static class SampleMask
{
    /// <summary>Keys of 1 to the number of classes.</summary>
    public static uint[] Draw(int seed, int width, int height, int classes)
    {
        const int Rectangles = 40, OnePixelOf = 500;
        var random = new Random(seed);
        var mask = new uint[width * height];
        Array.Fill(mask, 1u);
        for (int i = 0; i < Rectangles; i++)
        {
            uint key = (uint)random.Next(classes) + 1;
            int left = random.Next(width), top = random.Next(height), wide = random.Next(10, width / 3),
                high = random.Next(10, height / 3);
            for (int y = top; y < Math.Min(top + high, height); y++)
            {
                int start = Math.Clamp(left + random.Next(-2, 3), 0, width),
                    end = Math.Clamp(left + wide + random.Next(-2, 3), start, width);
                mask.AsSpan((y * width) + start, end - start).Fill(key);
            }
        }
        for (int i = 0; i < mask.Length / OnePixelOf; i++) mask[random.Next(mask.Length)] = (uint)random.Next(classes) + 1;
        return mask;
    }
}

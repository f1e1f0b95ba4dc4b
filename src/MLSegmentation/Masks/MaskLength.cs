namespace MLSegmentation;

/// <summary>Checks that a mask has the size that was given with it.</summary>
internal static class MaskLength
{
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public static void Check(int keys, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        CheckArea(keys, width, height);
    }

    /// <summary>As <see cref="Check"/>, of a size that may be 0.</summary>
    /// <exception cref="ArgumentException">The mask does not have the length of the width and height.</exception>
    public static void CheckArea(int keys, int width, int height)
    {
        long area = (long)width * height;
        if (keys != area)
        {
            throw new ArgumentException(
                $"Received a mask of {keys} keys, expected {width} * {height} = {area}: a mask has its image's size.", "mask");
        }
    }
}

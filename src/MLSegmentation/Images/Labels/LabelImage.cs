namespace MLSegmentation;

/// <summary>
/// A label mask as it stands in its file: one label value a pixel, before class names and ignore labels are applied.
/// </summary>
internal sealed class LabelImage
{
    /// <summary>Wraps values; they are not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="values">Label values row by row, <paramref name="width"/> × <paramref name="height"/> of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">The number of values differs from width × height.</exception>
    public LabelImage(int width, int height, ushort[] values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)width * height)
        {
            throw new ArgumentException(
                $"There are {values.Length} values, expected {width} × {height} = {(long)width * height}.", nameof(values));
        }
        (Width, Height, Values) = (width, height, values);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Label values row by row: the value of pixel (x, y) is at y · <see cref="Width"/> + x.</summary>
    public ushort[] Values { get; }
}

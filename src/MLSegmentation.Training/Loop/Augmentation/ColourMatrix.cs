namespace MLSegmentation.Training;

/// <summary>
/// Changes saturation and hue of red, green and blue by one matrix: luma stays, colours are stretched away from gray and turned
/// around it.
/// </summary>
/// <remarks>Source: W3C Filter Effects, <c>feColorMatrix</c>, types saturate and hueRotate.</remarks>
internal sealed class ColourMatrix
{
    private const double Red = 0.213, Green = 0.715, Blue = 0.072;
    private readonly float[] _matrix;

    /// <summary>A saturation and then a rotation.</summary>
    /// <param name="saturation">0 gives gray, 1 changes nothing.</param>
    /// <param name="hue">Degrees, 0 changes nothing.</param>
    public ColourMatrix(double saturation, double hue)
    {
        var (sin, cos) = Math.SinCos(hue * Math.PI / 180);
        double[] luma = [Red, Green, Blue];
        // The third matrix turns gray-free colours by a quarter.
        double[] quarter = [-Red, -Green, 1 - Blue, 0.143, 0.140, -0.283, Red - 1, Green, Blue];
        var stretch = new double[9];
        var turn = new double[9];
        for (int i = 0; i < 9; i++)
        {
            double gray = luma[i % 3], colour = (i / 3 == i % 3 ? 1 : 0) - gray;
            stretch[i] = gray + saturation * colour;
            turn[i] = gray + cos * colour + sin * quarter[i];
        }
        _matrix = [.. Enumerable.Range(0, 9)
            .Select(i => (float)Enumerable.Range(0, 3).Sum(k => turn[i / 3 * 3 + k] * stretch[3 * k + i % 3]))];
    }

    /// <summary>Changes the colours in place.</summary>
    /// <param name="image">Red, green and blue of each pixel in turn, 0 to 255.</param>
    public void Apply(Span<float> image)
    {
        ReadOnlySpan<float> m = _matrix;
        for (int i = 0; i < image.Length; i += 3)
        {
            var (red, green, blue) = (image[i], image[i + 1], image[i + 2]);
            image[i] = Math.Clamp(m[0] * red + m[1] * green + m[2] * blue, 0, 255);
            image[i + 1] = Math.Clamp(m[3] * red + m[4] * green + m[5] * blue, 0, 255);
            image[i + 2] = Math.Clamp(m[6] * red + m[7] * green + m[8] * blue, 0, 255);
        }
    }
}

namespace MLSegmentation.Training;

/// <summary>
/// Saturation and hue of red, green and blue as one matrix: luma stays, colours are stretched away from gray and turned around
/// it.
/// </summary>
/// <remarks>Source: W3C Filter Effects, <c>feColorMatrix</c>, types saturate and hueRotate.</remarks>
internal static class ColourMatrix
{
    private const double Red = 0.213, Green = 0.715, Blue = 0.072;

    /// <summary>A saturation and then a rotation, row by row.</summary>
    /// <param name="saturation">0 gives gray, 1 changes nothing.</param>
    /// <param name="hue">Degrees, 0 changes nothing.</param>
    public static double[] Create(double saturation, double hue)
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
        return [.. Enumerable.Range(0, 9)
            .Select(i => Enumerable.Range(0, 3).Sum(k => turn[i / 3 * 3 + k] * stretch[3 * k + i % 3]))];
    }
}

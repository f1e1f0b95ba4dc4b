namespace MLSegmentation.Training;

/// <summary>Raises values, as parts of 255, to a power: black and white stay, what is between gets lighter or darker.</summary>
internal static class GammaCurve
{
    /// <summary>Changes the values in place.</summary>
    /// <param name="image">Any values.</param>
    /// <param name="power">Above 0; 1 changes nothing, less makes lighter.</param>
    public static void Apply(Span<byte> image, double power)
    {
        Span<byte> curve = stackalloc byte[byte.MaxValue + 1];
        for (int i = 0; i < curve.Length; i++)
            curve[i] = (byte)Math.Round(byte.MaxValue * Math.Pow(i / (double)byte.MaxValue, power));
        foreach (ref byte value in image) value = curve[value];
    }
}

using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>
/// Turns YCbCr into RGB by the file's own coefficients (TIFF 6.0, section 21), in the fixed-point numbers of libtiff.
/// </summary>
internal sealed class TiffYCbCr
{
    private const int Shift = 16, Half = 1 << (Shift - 1), Middle = 128;
    private readonly int[] _luma = new int[256], _redOfCr = new int[256], _blueOfCb = new int[256], _greenOfCr = new int[256],
        _greenOfCb = new int[256];

    private TiffYCbCr(double[] coefficients, double[] reference)
    {
        (double red, double green, double blue) = (coefficients[0], coefficients[1], coefficients[2]);
        int Fixed(double value) => (int)((value * (1 << Shift)) + 0.5);
        (double crToRed, double cbToBlue) = (2 - (2 * red), 2 - (2 * blue));
        (int toRed, int toBlue) = (Fixed(crToRed), Fixed(cbToBlue));
        (int crToGreen, int cbToGreen) = (-Fixed(red * crToRed / green), -Fixed(blue * cbToBlue / green));
        for (int code = 0; code < 256; code++)
        {
            int cr = Value(code - Middle, reference[4] - Middle, reference[5] - Middle, 127),
                cb = Value(code - Middle, reference[2] - Middle, reference[3] - Middle, 127);
            _luma[code] = Value(code, reference[0], reference[1], 255);
            _redOfCr[code] = ((toRed * cr) + Half) >> Shift;
            _blueOfCb[code] = ((toBlue * cb) + Half) >> Shift;
            _greenOfCr[code] = crToGreen * cr;
            _greenOfCb[code] = (cbToGreen * cb) + Half;
        }
    }

    /// <summary>The coefficients of the file's fields, or those of ITU-R BT.601 and the full range.</summary>
    /// <exception cref="InvalidDataException">A field has other numbers.</exception>
    public static TiffYCbCr Read(TiffDirectory directory)
    {
        double[] coefficients = directory.Reals(TiffTag.YCBCRCOEFFICIENTS) ?? [0.299, 0.587, 0.114];
        double[] reference = directory.Reals(TiffTag.REFERENCEBLACKWHITE) ?? [0, 255, Middle, 255, Middle, 255];
        bool isSound = coefficients is [var red, var green, var blue]
            && red is >= 0 and <= 1 && green is > 0 and <= 1 && blue is >= 0 and <= 1
            && reference.Length == 6 && reference.All(value => Math.Abs(value) <= ushort.MaxValue)
            && Enumerable.Range(0, 3).All(i => reference[2 * i] != reference[(2 * i) + 1]);
        return isSound ? new TiffYCbCr(coefficients, reference)
            : throw directory.Damaged(
                $"has the YCbCr coefficients {string.Join(", ", coefficients)} and the "
                + $"references {string.Join(", ", reference.Take(6))}");
    }

    public void Convert(ReadOnlySpan<byte> yCbCr, Span<byte> rgb)
    {
        for (int i = 0; i < rgb.Length; i += 3)
        {
            (byte y, byte cb, byte cr) = (yCbCr[i], yCbCr[i + 1], yCbCr[i + 2]);
            rgb[i] = Clamp(_luma[y] + _redOfCr[cr]);
            rgb[i + 1] = Clamp(_luma[y] + ((_greenOfCb[cb] + _greenOfCr[cr]) >> Shift));
            rgb[i + 2] = Clamp(_luma[y] + _blueOfCb[cb]);
        }
    }

    /// <summary>
    /// What a code between the references for black and white stands for, cut to a range that overflows nothing.
    /// </summary>
    private static int Value(int code, double black, double white, int range) =>
        (int)Math.Clamp((code - black) * range / (white - black), -Middle * 32, Middle * 32);

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, byte.MaxValue);
}

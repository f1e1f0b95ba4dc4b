using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>
/// Brings the samples of a TIFF to 8 bits. Integers of up to 16 bits have the range of their type unless another is given.
/// Floating-point numbers have 0 to 1, and no others; wider integers have none.
/// </summary>
internal sealed class TiffLevels
{
    private const string HowToGive =
        "Give the values that become black and white: a SampleRange in code, '--range LOW..HIGH' or '--range auto' of mlseg";
    private static readonly SampleRange _unit = new(0, 1);
    private readonly string _name;
    private readonly TiffSamples _samples;
    private readonly SampleRange _range;
    private readonly bool _isGiven;
    private readonly byte[]? _table;

    /// <param name="samples">What the samples are.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">The samples have no range of their own, and none is given.</exception>
    public TiffLevels(TiffSamples samples, SampleRange? range, string name)
    {
        (_samples, _name) = (samples, name);
        _isGiven = IsRanged(samples) && range is not null;
        _range = (_isGiven ? range : OwnRange(samples))
            ?? throw new InvalidDataException(
                $"The TIFF file '{name}' has integers of {samples.Depth} bits, whose range is not known. {HowToGive}.");
        if (samples.Depth <= 16 && samples.Format != SampleFormat.IEEEFP)
            _table = _range.ToTable(samples.Depth, samples.Format == SampleFormat.INT);
    }

    /// <summary>Whether a range applies to the samples.</summary>
    public static bool IsRanged(TiffSamples samples) =>
        samples.Depth > 8 && samples.Colour is (Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.RGB);

    /// <summary>The range where none is given; null where one must be.</summary>
    public static SampleRange? OwnRange(TiffSamples samples) => samples.Format == SampleFormat.IEEEFP ? _unit
        : samples.Depth <= 16 ? SampleRange.OfIntegers(samples.Depth, samples.Format == SampleFormat.INT) : null;

    /// <summary>Brings samples to 8 bits.</summary>
    /// <exception cref="InvalidDataException">A number is outside of 0 to 1, and no range is given.</exception>
    public void Convert(ReadOnlySpan<byte> row, Span<byte> levels)
    {
        if (_table is not { } table)
        {
            for (int i = 0; i < levels.Length; i++) levels[i] = ToByte(Value(_samples, row, i));
        }
        else if (_samples.Bytes == 1)
        {
            for (int i = 0; i < levels.Length; i++) levels[i] = table[row[i]];
        }
        else
        {
            ReadOnlySpan<ushort> values = MemoryMarshal.Cast<byte, ushort>(row);
            for (int i = 0; i < levels.Length; i++) levels[i] = table[values[i]];
        }
    }

    /// <summary>A sample of a row.</summary>
    public static double Value(TiffSamples samples, ReadOnlySpan<byte> row, int index)
    {
        ReadOnlySpan<byte> sample = row.Slice(index * samples.Bytes, samples.Bytes);
        return (samples.Format, samples.Bytes) switch
        {
            (SampleFormat.IEEEFP, 2) => (double)BitConverter.ToHalf(sample),
            (SampleFormat.IEEEFP, 4) => BitConverter.ToSingle(sample),
            (SampleFormat.IEEEFP, _) => BitConverter.ToDouble(sample),
            (SampleFormat.INT, 1) => (sbyte)sample[0],
            (SampleFormat.INT, 2) => BitConverter.ToInt16(sample),
            (SampleFormat.INT, 4) => BitConverter.ToInt32(sample),
            (SampleFormat.INT, _) => BitConverter.ToInt64(sample),
            (_, 1) => sample[0],
            (_, 2) => BitConverter.ToUInt16(sample),
            (_, 4) => BitConverter.ToUInt32(sample),
            _ => BitConverter.ToUInt64(sample),
        };
    }

    private byte ToByte(double value)
    {
        if (!_isGiven && value is < 0 or > 1)
        {
            throw new InvalidDataException(
                FormattableString.Invariant(
                    $"The TIFF file '{_name}' has the value {value}, expected 0 to 1 where no range is given. {HowToGive}."));
        }
        return _range.ToByte(value);
    }
}

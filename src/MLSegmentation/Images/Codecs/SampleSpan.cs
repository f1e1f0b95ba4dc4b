using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>What an image file of more than 8 bits a sample uses of them.</summary>
/// <param name="Samples">What the samples are, such as <c>integers of 16 bits</c>.</param>
/// <param name="Own">The range that they are read in where none is given; null where one must be.</param>
/// <param name="Least">The least finite sample.</param>
/// <param name="Greatest">The greatest finite sample.</param>
internal sealed record SampleSpan(string Samples, SampleRange? Own, double Least, double Greatest)
{
    /// <summary>Whether the file can be read without a range.</summary>
    public bool FitsOwn => Own is { } own && (own.Low <= Least && Greatest <= own.High);

    /// <summary>Reads all samples of a file, but not its alpha.</summary>
    /// <returns>
    /// Null where the samples have up to 8 bits or are palette indices or inks, which no range applies to, or where none is
    /// finite.
    /// </returns>
    /// <exception cref="InvalidDataException">A PNG or TIFF is truncated or damaged.</exception>
    public static SampleSpan? Read(byte[] data, string name)
    {
        if (PngFile.HasSignature(data))
        {
            var file = PngFile.Parse(data, name);
            return file.Header.BitDepth == 16 ? OfPng(file) : null;
        }
        if (!TiffReader.HasSignature(data)) return null;
        using var reader = new TiffReader(new MemoryStream(data, writable: false), name);
        return TiffLevels.IsRanged(reader.Layout.Samples) ? OfTiff(reader) : null;
    }

    private static SampleSpan OfPng(PngFile file)
    {
        PngHeader header = file.Header;
        int channels = header.Channels, colours = channels is 2 or 4 ? channels - 1 : channels;
        (ushort least, ushort greatest) = (ushort.MaxValue, ushort.MinValue);
        using var rows = new PngRowDecoder(file);
        foreach (PngPass pass in PngPass.Of(header))
        {
            rows.Begin(pass.Width(header), pass.Height(header));
            for (int y = 0; y < pass.Height(header); y++)
            {
                ReadOnlySpan<byte> row = rows.Next();
                for (int i = 0; i < row.Length / sizeof(ushort); i++)
                {
                    if (i % channels >= colours) continue;
                    ushort sample = BinaryPrimitives.ReadUInt16BigEndian(row[(sizeof(ushort) * i)..]);
                    (least, greatest) = (Math.Min(least, sample), Math.Max(greatest, sample));
                }
            }
        }
        rows.End();
        return new SampleSpan("integers of 16 bits", SampleRange.OfIntegers(16, isSigned: false), least, greatest);
    }

    private static SampleSpan? OfTiff(TiffReader reader)
    {
        TiffSamples samples = reader.Layout.Samples;
        (double least, double greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int y = 0; y < reader.Layout.Height; y++)
        {
            ReadOnlySpan<byte> row = reader.Next();
            for (int i = 0; i < row.Length / samples.Bytes; i++)
            {
                double value = TiffLevels.Value(samples, row, i);
                if (double.IsFinite(value)) (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            }
        }
        if (least > greatest) return null;
        string sign = samples.Format == SampleFormat.INT ? "signed " : "",
            numbers = samples.Format == SampleFormat.IEEEFP ? "floating-point numbers" : "integers";
        return new SampleSpan($"{sign}{numbers} of {samples.Depth} bits", TiffLevels.OwnRange(samples), least, greatest);
    }
}

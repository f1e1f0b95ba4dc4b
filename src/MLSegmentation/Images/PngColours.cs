using System.Buffers.Binary;
using MLSegmentation.Masks;

namespace MLSegmentation.Images;

/// <summary>The pixels of a PNG as colours of 8 bits a channel; samples of other depths are scaled and rounded.</summary>
internal readonly struct PngColours
{
    private readonly PngImage _image;
    private readonly ushort[] _samples;
    private readonly int _channels;
    private readonly Rgb[]? _palette;
    private readonly byte[]? _scaled;
    private readonly ReadOnlyMemory<byte> _key;

    public PngColours(PngImage image)
    {
        PngHeader header = image.File.Header;
        _image = image;
        _samples = image.Samples;
        _channels = header.Channels;
        _key = image.File.Transparency;
        if (header.Colour == PngColour.Palette) _palette = ReadPalette(image.File.Palette.Span);
        else if (header.BitDepth != 8) _scaled = ScaleTable(header.BitDepth);
        CheckIndices();
    }

    public Rgb this[int pixel]
    {
        get
        {
            int at = pixel * _channels;
            if (_palette is not null) return _palette[_samples[at]];
            byte red = Scale(_samples[at]);
            return _channels < 3 ? new Rgb(red, red, red) : new Rgb(red, Scale(_samples[at + 1]), Scale(_samples[at + 2]));
        }
    }

    /// <summary>
    /// The straight alpha of a pixel whose samples are not palette indices: its own, or 0 where its samples, before scaling, are
    /// exactly those of the tRNS chunk.
    /// </summary>
    public byte Alpha(int pixel)
    {
        int at = pixel * _channels;
        if (_channels is 2 or 4) return Scale(_samples[at + _channels - 1]);
        ReadOnlySpan<byte> key = _key.Span;
        if (key.Length != 2 * _channels) return byte.MaxValue;
        for (int channel = 0; channel < _channels; channel++)
        {
            if (_samples[at + channel] != BinaryPrimitives.ReadUInt16BigEndian(key[(2 * channel)..])) return byte.MaxValue;
        }
        return 0;
    }

    /// <summary>Whether the palette has every index among the samples: to be asked again when other samples were put in their place.</summary>
    /// <exception cref="InvalidDataException">It has not.</exception>
    public void CheckIndices()
    {
        if (_palette is null) return;
        int largest = 0;
        foreach (ushort index in _image.Samples) largest = Math.Max(largest, index);
        if (largest >= _palette.Length)
            throw _image.File.Damaged($"has the palette index {largest}, but a palette of {_palette.Length} colours");
    }

    /// <summary>A sample at 8 bits: v · 255 / (2^depth - 1), rounded.</summary>
    private byte Scale(ushort sample) => _scaled is null ? (byte)sample : _scaled[sample];

    private static byte[] ScaleTable(int depth)
    {
        int largest = (1 << depth) - 1;
        var table = new byte[largest + 1];
        for (int value = 0; value < table.Length; value++) table[value] = (byte)(((value * 255L) + (largest / 2)) / largest);
        return table;
    }

    public static Rgb[] ReadPalette(ReadOnlySpan<byte> bytes)
    {
        var palette = new Rgb[bytes.Length / 3];
        for (int i = 0; i < palette.Length; i++) palette[i] = new Rgb(bytes[3 * i], bytes[(3 * i) + 1], bytes[(3 * i) + 2]);
        return palette;
    }
}

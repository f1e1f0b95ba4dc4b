using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace MLSegmentation;

/// <summary>
/// Turns rows of a PNG into pixels of 8 bits a channel with straight alpha: samples of other depths are scaled and rounded, and
/// those of the tRNS chunk are transparent.
/// </summary>
internal sealed class PngPixels
{
    private const int Values = 256;

    private readonly PngFile _file;
    private readonly PngHeader _header;
    private readonly byte[] _bytes;
    private readonly uint[] _pixelOf = [];
    private readonly ushort[] _key = [];
    private readonly byte[]? _levels;

    /// <param name="file">The PNG.</param>
    /// <param name="width">The pixels of its longest row.</param>
    /// <param name="range">The range of samples of 16 bits, but not of alpha; null for all that they can have.</param>
    public PngPixels(PngFile file, int width, SampleRange? range)
    {
        (_file, _header) = (file, file.Header);
        _bytes = _header.BitDepth == 8 ? [] : new byte[ImageLimit.RowBytes(width, 8 * _header.Channels, file.Name)];
        if (_header.BitDepth == 16) _levels = range?.ToTable(_header.BitDepth, isSigned: false);
        ReadOnlySpan<byte> transparency = file.Transparency.Span;
        if (_header.Colour is PngColour.Gray or PngColour.Rgb && transparency.Length == 2 * _header.Channels)
        {
            _key = new ushort[_header.Channels];
            for (int i = 0; i < _key.Length; i++)
                _key[i] = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(transparency[(2 * i)..]) & ((1 << _header.BitDepth) - 1));
        }
        if (_header.Colour == PngColour.Gray) _pixelOf = Grays();
        if (_header.Colour == PngColour.Palette) _pixelOf = Palette(transparency);
    }

    /// <summary>Turns a row into pixels as <see cref="BgraPixel"/> has them.</summary>
    /// <exception cref="InvalidDataException">The palette has no colour for an index.</exception>
    public void Convert(ReadOnlySpan<byte> row, Span<uint> pixels)
    {
        ReadOnlySpan<byte> samples = row;
        if (_header.BitDepth != 8)
        {
            Span<byte> bytes = _bytes.AsSpan(0, pixels.Length * _header.Channels);
            if (_levels is { } levels) Scale(row, levels, bytes);
            else if (_header.BitDepth == 16) Round(row, bytes);
            else PackedSamples.Unpack(row, _header.BitDepth, bytes.Length, bytes);
            samples = bytes;
        }
        switch (_header.Colour)
        {
            case PngColour.Palette:
                CheckIndices(samples);
                LookUp(samples, pixels);
                break;
            case PngColour.Gray:
                LookUp(samples, pixels);
                break;
            case PngColour.GrayAlpha:
                for (int x = 0; x < pixels.Length; x++)
                    pixels[x] = (uint)((samples[(2 * x) + 1] << 24) | (samples[2 * x] * 0x010101));
                break;
            case PngColour.Rgb:
                BgraPixel.FromRgb(samples, pixels);
                break;
            default:
                FromRgba(samples, pixels);
                break;
        }

        // Where a gray value has less than 16 bits the table knows of the transparent one.
        if (_key.Length > 0 && (_header.Colour == PngColour.Rgb || _header.BitDepth == 16)) HideKey(row, pixels);
    }

    private uint[] Grays()
    {
        // Samples of 16 bits come rounded to 8.
        int depth = Math.Min(_header.BitDepth, 8), largest = (1 << depth) - 1;
        var pixels = new uint[Values];
        for (int value = 0; value <= largest; value++)
        {
            byte gray = PackedSamples.ToByte(value, largest);
            bool isHidden = _header.BitDepth <= 8 && _key.Length > 0 && value == _key[0];
            pixels[value] = BgraPixel.Of(gray, gray, gray, isHidden ? (byte)0 : byte.MaxValue);
        }
        return pixels;
    }

    private uint[] Palette(ReadOnlySpan<byte> transparency)
    {
        var pixels = new uint[Values];
        for (int i = 0; i < Math.Min(_file.Palette.Count, Values); i++)
        {
            pixels[i] = BgraPixel.Of(_file.Palette[i].R, _file.Palette[i].G, _file.Palette[i].B,
                i < transparency.Length ? transparency[i] : byte.MaxValue);
        }
        return pixels;
    }

    private void CheckIndices(ReadOnlySpan<byte> indices)
    {
        if (_file.Palette.Count >= Values) return;
        int wrong = indices.IndexOfAnyInRange((byte)_file.Palette.Count, byte.MaxValue);
        if (wrong >= 0)
            throw _file.Damaged($"has the palette index {indices[wrong]}, but a palette of {_file.Palette.Count} colours");
    }

    private void LookUp(ReadOnlySpan<byte> samples, Span<uint> pixels)
    {
        uint[] pixelOf = _pixelOf;
        for (int x = 0; x < pixels.Length; x++) pixels[x] = pixelOf[samples[x]];
    }

    private void HideKey(ReadOnlySpan<byte> row, Span<uint> pixels)
    {
        int bytes = _header.BitDepth / 8, channels = _header.Channels;
        for (int x = 0; x < pixels.Length; x++)
        {
            bool isKey = true;
            for (int channel = 0; isKey && channel < channels; channel++)
            {
                int at = ((x * channels) + channel) * bytes;
                isKey = _key[channel] == (bytes == 1 ? row[at] : BinaryPrimitives.ReadUInt16BigEndian(row[at..]));
            }
            if (isKey) pixels[x] &= ~BgraPixel.Opaque;
        }
    }

    private void Scale(ReadOnlySpan<byte> row, byte[] levels, Span<byte> samples)
    {
        int channels = _header.Channels;
        Round(row, samples);
        for (int i = 0; i < samples.Length; i++)
        {
            bool isAlpha = channels is 2 or 4 && i % channels == channels - 1;
            if (!isAlpha) samples[i] = levels[BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..])];
        }
    }

    /// <summary>v · 255 / 65535, rounded, of big-endian samples.</summary>
    private static void Round(ReadOnlySpan<byte> row, Span<byte> samples)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (byte)(((BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]) * 255) + 32_895) >> 16);
    }

    private static void FromRgba(ReadOnlySpan<byte> rgba, Span<uint> pixels)
    {
        Vector128<byte> places = Vector128.Create((byte)2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
        int x = 0;
        for (; x + 4 <= pixels.Length; x += 4)
            Vector128.Shuffle(Vector128.Create(rgba[(4 * x)..]), places).AsUInt32().CopyTo(pixels[x..]);
        for (; x < pixels.Length; x++)
            pixels[x] = BgraPixel.Of(rgba[4 * x], rgba[(4 * x) + 1], rgba[(4 * x) + 2], rgba[(4 * x) + 3]);
    }
}

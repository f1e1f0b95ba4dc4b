using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>Reads the first image of a TIFF as a whole.</summary>
internal static class TiffImage
{
    /// <summary>Its width and height, upright.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of a kind that is not read.</exception>
    public static (int Width, int Height) ReadSize(Stream stream, string name) => Upright(ReadLayout(stream, name));

    /// <summary>Reads its directory.</summary>
    /// <param name="data">The file.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of a kind that is not read, or has too many pixels.
    /// </exception>
    public static EncodedImage Parse(ArraySegment<byte> data, string name, SampleRange? range)
    {
        TiffLayout layout = ReadLayout(ToStream(data), name);
        ImageLimit.Check(layout.Width, layout.Height, name);
        return new EncodedImage(
            name, layout.Width, layout.Height, layout.Orientation, layout.DecoderBytes, _ => ReadStored(data, name, range));
    }

    /// <summary>What its numbers are as a mask.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, of a kind that is not read, or cannot be a mask.</exception>
    public static MaskColours MaskKind(byte[] data, string name) => MaskKind(ReadLayout(ToStream(data), name), name);

    /// <summary>Its label indices or colours, upright.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Parse"/>; or it cannot be a mask.</exception>
    public static MaskImage ReadMask(byte[] data, string name)
    {
        TiffLayout layout = ReadLayout(ToStream(data), name);
        ImageLimit.Check(layout.Width, layout.Height, name);
        MaskColours kind = MaskKind(layout, name);
        if (kind == MaskColours.Rgb) return MaskImage.OfColours(Parse(data, name, range: null).Decode());
        int copies = layout.Orientation == SKEncodedOrigin.TopLeft ? 1 : 2;
        return MaskImage.OfIndices(
            (long)copies * layout.Width * layout.Height, layout.DecoderBytes, () => ReadIndices(data, name, kind));
    }

    private static MaskImage ReadIndices(byte[] data, string name, MaskColours kind)
    {
        using var reader = new TiffReader(ToStream(data), name);
        TiffLayout layout = reader.Layout;
        ushort[] stored = new ushort[layout.Width * layout.Height];
        int depth = layout.Samples.Depth;
        ushort inverted = layout.Samples.Colour == Photometric.MINISWHITE ? (ushort)((1 << depth) - 1) : (ushort)0;
        for (int y = 0; y < layout.Height; y++)
        {
            ReadOnlySpan<byte> row = reader.Next();
            ReadOnlySpan<ushort> wide = layout.Samples.Bytes == 2 ? MemoryMarshal.Cast<byte, ushort>(row) : default;
            for (int x = 0, at = y * layout.Width; x < layout.Width; x++)
                stored[at + x] = (ushort)((wide.IsEmpty ? row[x] : wide[x]) ^ inverted);
        }
        (int width, int height, ushort[] values) = PixelOrder.Upright(stored, layout.Width, layout.Height, layout.Orientation);
        return kind == MaskColours.Gray ? MaskImage.OfGray(width, height, values, depth)
            : MaskImage.OfPalette(width, height, values, TiffColours.ReadPalette(reader.Directory, depth));
    }

    /// <summary>Its colours as stored, opaque.</summary>
    private static DecodedImage ReadStored(ArraySegment<byte> data, string name, SampleRange? range)
    {
        using var rows = TiffRowReader.Open(ToStream(data), name, range);
        byte[] rgb = new byte[3 * rows.Width];
        return DecodedImage.Fill(rows.Width, rows.Height, pixels =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                rows.Read(rgb);
                BgraPixel.FromRgb(rgb, pixels.Slice(y * rows.Width, rows.Width));
            }
        });
    }

    private static MaskColours MaskKind(TiffLayout layout, string name)
    {
        TiffSamples samples = layout.Samples;
        if (layout.Compression == Compression.JPEG)
        {
            throw new InvalidDataException(
                $"The mask '{name}' is a TIFF compressed with JPEG, which changes labels. Export it with LZW or Deflate, "
                + "or as PNG.");
        }
        if (samples.Colours > 1) return MaskColours.Rgb;
        if (samples.Format != SampleFormat.UINT || samples.Depth > 16)
        {
            throw new InvalidDataException(
                $"The mask '{name}' is a TIFF of numbers of {samples.Depth} bits and the format {samples.Format}, expected label "
                + "indices: whole numbers of 1 to 16 bits without a sign. Export it as such.");
        }
        return samples.Colour == Photometric.PALETTE ? MaskColours.Palette : MaskColours.Gray;
    }

    private static TiffLayout ReadLayout(Stream stream, string name) => new(new TiffDirectory(stream, name), name);

    private static (int Width, int Height) Upright(TiffLayout layout) =>
        PixelOrder.SwapsSides(layout.Orientation) ? (layout.Height, layout.Width) : (layout.Width, layout.Height);

    private static MemoryStream ToStream(ArraySegment<byte> data) => new(data.Array!, data.Offset, data.Count, writable: false);
}

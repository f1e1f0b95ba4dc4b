using System.Buffers.Binary;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>Reads the pixels of a BMP.</summary>
internal static class BmpReader
{
    private const int Colours = 256;

    public static MaskColours MaskKind(BmpFile file) => file.Bits <= 8 ? MaskColours.Palette : MaskColours.Rgb;

    /// <summary>A BMP whose colours are yet to be decoded.</summary>
    public static EncodedImage Open(BmpFile file, string name) =>
        new(name, file.Width, file.Height, SKEncodedOrigin.TopLeft, DecoderBytes: 0, _ => Read(file));

    /// <summary>The image's colours; what run lengths leave out is transparent.</summary>
    /// <exception cref="InvalidDataException">The run lengths are damaged.</exception>
    public static DecodedImage Read(BmpFile file) => DecodedImage.Fill(file.Width, file.Height, pixels =>
    {
        if (file.Bits <= 8) ReadPalette(file, pixels);
        else ReadColours(file, pixels);
    });

    /// <summary>The image's indices, and 0 for what run lengths leave out; or its colours.</summary>
    /// <exception cref="InvalidDataException">The run lengths are damaged.</exception>
    public static MaskImage ReadMask(BmpFile file, string name) => MaskKind(file) == MaskColours.Rgb
        ? MaskImage.OfColours(Open(file, name).Decode())
        : MaskImage.OfIndices((long)file.Width * file.Height, decoderBytes: 0, () => ReadIndices(file));

    private static MaskImage ReadIndices(BmpFile file)
    {
        var rows = new BmpIndices(file);
        var indices = new ushort[file.Width * file.Height];
        for (int i = 0; i < file.Height; i++) rows.Read(indices.AsSpan(Top(file, i) * file.Width, file.Width));
        if (file.IsRunLengths) indices.AsSpan().Replace(BmpIndices.Nothing, (ushort)0);
        return MaskImage.OfPalette(file.Width, file.Height, indices, file.Palette);
    }

    private static void ReadPalette(BmpFile file, Span<uint> pixels)
    {
        var colours = new uint[Colours + 1];
        colours.AsSpan(0, Colours).Fill(BgraPixel.Of(0, 0, 0));
        for (int i = 0; i < file.Palette.Count; i++) colours[i] = BgraPixel.Of(file.Palette[i]);
        var rows = new BmpIndices(file);
        var row = new ushort[file.Width];
        for (int i = 0; i < file.Height; i++)
        {
            rows.Read(row);
            Span<uint> target = pixels.Slice(Top(file, i) * file.Width, file.Width);
            for (int x = 0; x < row.Length; x++) target[x] = colours[row[x]];
        }
    }

    private static void ReadColours(BmpFile file, Span<uint> pixels)
    {
        (uint redMask, uint greenMask, uint blueMask, uint alphaMask) = file.Masks;
        BmpChannel red = new(redMask, 0), green = new(greenMask, 0), blue = new(blueMask, 0),
            alpha = new(alphaMask, byte.MaxValue);
        for (int i = 0; i < file.Height; i++)
        {
            ReadOnlySpan<byte> row = file.Data.AsSpan(file.PixelStart + (i * file.RowBytes), file.RowBytes);
            Span<uint> target = pixels.Slice(Top(file, i) * file.Width, file.Width);
            if (file.Bits == 24)
            {
                BgraPixel.FromBgr(row, target);
                continue;
            }
            for (int x = 0; x < target.Length; x++)
            {
                uint pixel = file.Bits == 16
                    ? BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..])
                    : BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * x)..]);
                target[x] = BgraPixel.Of(red.Of(pixel), green.Of(pixel), blue.Of(pixel), alpha.Of(pixel));
            }
        }
    }

    /// <summary>The image's row that comes as the one of that number.</summary>
    private static int Top(BmpFile file, int number) => file.IsTopDown ? number : file.Height - 1 - number;
}

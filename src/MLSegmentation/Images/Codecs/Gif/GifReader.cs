namespace MLSegmentation;

/// <summary>Reads the first picture of a GIF, on its screen.</summary>
internal static class GifReader
{
    private const int Colours = 256;

    /// <summary>The image's colours; what the picture leaves out is transparent.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static DecodedImage Read(GifFile file)
    {
        // An index beyond the palette is transparent too.
        var colours = new uint[Colours];
        for (int i = 0; i < file.Palette.Count; i++) colours[i] = BgraPixel.Of(file.Palette[i]);
        if (file.Transparent is { } transparent) colours[transparent] = 0;

        var indices = new GifIndices(file);
        var row = new byte[file.PictureWidth];
        return DecodedImage.Fill(file.Width, file.Height, pixels =>
        {
            if (file.PictureWidth < file.Width || file.PictureHeight < file.Height) pixels.Clear();
            for (int i = 0; i < file.PictureHeight; i++)
            {
                indices.Read(row);
                Span<uint> target = pixels.Slice(((file.Top + file.RowOf(i)) * file.Width) + file.Left, row.Length);
                for (int x = 0; x < row.Length; x++) target[x] = colours[row[x]];
            }
        });
    }

    /// <summary>The image's indices; what the picture leaves out has the index of the background.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static MaskImage ReadMask(GifFile file) =>
        MaskImage.OfIndices((long)file.Width * file.Height, decoderBytes: 0, () => ReadIndices(file));

    private static MaskImage ReadIndices(GifFile file)
    {
        var indices = new GifIndices(file);
        var row = new byte[file.PictureWidth];
        var mask = new ushort[file.Width * file.Height];
        mask.AsSpan().Fill(file.Background);
        for (int i = 0; i < file.PictureHeight; i++)
        {
            indices.Read(row);
            Span<ushort> target = mask.AsSpan(((file.Top + file.RowOf(i)) * file.Width) + file.Left, row.Length);
            for (int x = 0; x < row.Length; x++) target[x] = row[x];
        }
        return MaskImage.OfPalette(file.Width, file.Height, mask, file.Palette);
    }
}

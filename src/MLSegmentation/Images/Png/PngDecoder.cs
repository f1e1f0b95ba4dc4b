namespace MLSegmentation.Images;

/// <summary>Reads PNG files as images and as masks, as they are stored: the EXIF orientation is left to others.</summary>
internal static class PngDecoder
{
    /// <summary>The image's colours. Besides these some rows are held.</summary>
    /// <param name="file">The PNG.</param>
    /// <param name="range">The range of samples of 16 bits; null for all that they can have.</param>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged, or a palette index has no colour.</exception>
    public static DecodedImage Read(PngFile file, SampleRange? range = null)
    {
        PngHeader header = file.Header;
        return DecodedImage.Fill(header.Width, header.Height, pixels =>
        {
            using var rows = new PngRowDecoder(file);
            var colours = new PngPixels(file, header.Width, range);
            uint[] part = header.Interlaced ? new uint[header.Width] : [];
            foreach (PngPass pass in PngPass.Of(header))
            {
                int width = pass.Width(header), height = pass.Height(header);
                rows.Begin(width, height);
                for (int y = 0; y < height; y++)
                {
                    Span<uint> target = pixels.Slice(pass.RowOf(y) * header.Width, header.Width);
                    if (!header.Interlaced)
                    {
                        colours.Convert(rows.Next(), target);
                        continue;
                    }
                    colours.Convert(rows.Next(), part.AsSpan(0, width));
                    for (int x = 0; x < width; x++) target[pass.X + (x * pass.StepX)] = part[x];
                }
            }
            rows.End();
        });
    }

    /// <summary>What a mask of that kind of samples holds.</summary>
    public static MaskColours MaskKind(PngColour colour) => colour switch
    {
        PngColour.Palette => MaskColours.Palette,
        PngColour.Gray or PngColour.GrayAlpha => MaskColours.Gray,
        _ => MaskColours.Rgb,
    };

    /// <summary>Reads a mask: gray values or palette indices without alpha, or colours.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static MaskImage ReadMask(PngFile file)
    {
        PngHeader header = file.Header;
        if (MaskKind(header.Colour) == MaskColours.Rgb) return MaskImage.OfColours(Read(file));
        ushort[] samples = PngReader.Read(file).Samples;
        if (header.Colour == PngColour.Palette) return MaskImage.OfPalette(header.Width, header.Height, samples, file.Palette);
        if (header.Colour == PngColour.GrayAlpha)
        {
            for (int i = 0; i < samples.Length / 2; i++) samples[i] = samples[2 * i];
            Array.Resize(ref samples, samples.Length / 2);
        }
        return MaskImage.OfGray(header.Width, header.Height, samples, header.BitDepth);
    }
}

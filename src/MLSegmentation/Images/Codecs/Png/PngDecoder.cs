using SkiaSharp;

namespace MLSegmentation;

/// <summary>Reads PNG files as images and as masks.</summary>
internal static class PngDecoder
{
    /// <summary>A PNG whose colours are yet to be decoded.</summary>
    /// <param name="file">The PNG.</param>
    /// <param name="range">As in <see cref="Read"/>.</param>
    public static EncodedImage Open(PngFile file, SampleRange? range) =>
        new(file.Name, file.Header.Width, file.Header.Height, file.Origin, DecoderBytes: 0, _ => Read(file, range));

    /// <summary>The image's colours as they are stored. Besides these some rows are held.</summary>
    /// <param name="file">The PNG.</param>
    /// <param name="range">The range of samples of 16 bits; null for all that they can have.</param>
    /// <exception cref="InvalidDataException">
    /// The compressed data is truncated or damaged, or a palette index has no colour.
    /// </exception>
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

    /// <summary>Reads a mask, upright: gray values or palette indices without alpha, or colours.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static MaskImage ReadMask(PngFile file)
    {
        PngHeader header = file.Header;
        if (MaskKind(header.Colour) == MaskColours.Rgb) return MaskImage.OfColours(Open(file, range: null).Decode());

        // What is turned, or has its alpha left out, is there twice.
        int copies = header.Channels + (header.Channels > 1 ? 1 : 0) + (file.Origin == SKEncodedOrigin.TopLeft ? 0 : 1);
        return MaskImage.OfIndices((long)copies * header.Width * header.Height, decoderBytes: 0, () => ReadIndices(file));
    }

    private static MaskImage ReadIndices(PngFile file)
    {
        PngHeader header = file.Header;
        ushort[] samples = PngReader.Read(file).Samples;
        if (header.Colour == PngColour.GrayAlpha)
        {
            for (int i = 0; i < samples.Length / 2; i++) samples[i] = samples[2 * i];
            Array.Resize(ref samples, samples.Length / 2);
        }
        (int width, int height, samples) = PixelOrder.Upright(samples, header.Width, header.Height, file.Origin);
        return header.Colour == PngColour.Palette ? MaskImage.OfPalette(width, height, samples, file.Palette)
            : MaskImage.OfGray(width, height, samples, header.BitDepth);
    }
}

namespace MLSegmentation.Images;

/// <summary>
/// Reads the samples of every kind of PNG (W3C PNG specification, third edition). Own code because image libraries turn
/// palette indices and 16-bit samples into 8-bit colours, which is what a label or a depth must never become.
/// </summary>
internal static class PngReader
{
    // The seven passes of Adam7; an image without interlace is one pass over all pixels.
    private static readonly Pass[] _adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];
    private static readonly Pass[] _all = [new(0, 0, 1, 1)];

    /// <summary>Reads a PNG file.</summary>
    /// <param name="data">The file, starting with a PNG signature.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">The file is truncated or damaged, or has too many pixels.</exception>
    public static PngImage Read(byte[] data, string name) => Read(PngFile.Parse(data, name));

    /// <summary>Reads the samples of a file whose chunks are known.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static PngImage Read(PngFile file)
    {
        PngHeader header = file.Header;
        var samples = new ushort[checked(header.Width * header.Height * header.Channels)];
        using var rows = new PngRowDecoder(file);
        foreach (Pass pass in header.Interlaced ? _adam7 : _all) ReadPass(rows, header, pass, samples);
        rows.End();
        return new PngImage(file, samples);
    }

    /// <summary>What a mask of that kind of samples holds.</summary>
    public static MaskColours MaskKind(PngColour colour) => colour switch
    {
        PngColour.Palette => MaskColours.Palette,
        PngColour.Gray or PngColour.GrayAlpha => MaskColours.Gray,
        _ => MaskColours.Rgb,
    };

    /// <summary>Reads a mask as it is stored: gray values or palette indices without alpha, or colours.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static MaskImage ReadMask(PngFile file)
    {
        PngHeader header = file.Header;
        if (MaskKind(header.Colour) == MaskColours.Rgb) return MaskImage.OfColours(ReadColours(file));
        ushort[] samples = Read(file).Samples;
        if (header.Colour == PngColour.Palette) return MaskImage.OfPalette(header.Width, header.Height, samples, PngColours.ReadPalette(file.Palette.Span));
        if (header.Colour == PngColour.GrayAlpha)
        {
            for (int i = 0; i < samples.Length / 2; i++) samples[i] = samples[2 * i];
            Array.Resize(ref samples, samples.Length / 2);
        }
        return MaskImage.OfGray(header.Width, header.Height, samples, header.BitDepth);
    }

    /// <summary>The colours of a file whose chunks are known, as it is stored.</summary>
    /// <exception cref="InvalidDataException">The compressed data is truncated or damaged.</exception>
    public static DecodedImage ReadColours(PngFile file)
    {
        var colours = new PngColours(Read(file));
        return DecodedImage.Fill(file.Header.Width, file.Header.Height, pixels =>
        {
            for (int i = 0; i < pixels.Length; i++) pixels[i] = BgraPixel.Of(colours[i].R, colours[i].G, colours[i].B, colours.Alpha(i));
        });
    }

    private static void ReadPass(PngRowDecoder rows, PngHeader header, Pass pass, ushort[] samples)
    {
        int width = Count(header.Width, pass.X, pass.StepX);
        int height = Count(header.Height, pass.Y, pass.StepY);
        if (width == 0 || height == 0) return;

        rows.Begin(width, height);
        for (int y = 0; y < height; y++)
        {
            int target = ((pass.Y + (y * pass.StepY)) * header.Width) + pass.X;
            PngRowDecoder.Unpack(rows.Next(), header, width, samples.AsSpan(target * header.Channels), pass.StepX * header.Channels);
        }
    }

    private static int Count(int size, int start, int step) => (size - start + step - 1) / step;

    private readonly record struct Pass(int X, int Y, int StepX, int StepY);
}

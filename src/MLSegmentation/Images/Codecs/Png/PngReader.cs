namespace MLSegmentation;

/// <summary>
/// Reads the samples of every kind of PNG (W3C PNG specification, third edition). Own code because image libraries turn
/// palette indices and 16-bit samples into 8-bit colours, which is what a label or a depth must never become.
/// </summary>
internal static class PngReader
{
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
        int channels = header.Channels;
        var samples = new ushort[checked(header.Width * header.Height * channels)];
        using var rows = new PngRowDecoder(file);
        foreach (PngPass pass in PngPass.Of(header))
        {
            int width = pass.Width(header), height = pass.Height(header);
            rows.Begin(width, height);
            for (int y = 0; y < height; y++)
            {
                Unpack(rows.Next(), header, width, samples.AsSpan(((pass.RowOf(y) * header.Width) + pass.X) * channels),
                    pass.StepX * channels);
            }
        }
        rows.End();
        return new PngImage(file, samples);
    }

    /// <summary>The samples of a row of bytes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="header">Its depth and channels.</param>
    /// <param name="width">Its pixels.</param>
    /// <param name="samples">Receives each sample as it stands in the file, 0 to 2^depth - 1.</param>
    /// <param name="step">From a pixel's first sample to the next pixel's.</param>
    private static void Unpack(ReadOnlySpan<byte> row, PngHeader header, int width, Span<ushort> samples, int step)
    {
        int channels = header.Channels;
        int depth = header.BitDepth;
        if (depth < 8)
        {
            // Packed samples have one channel.
            PackedSamples.Unpack(row, depth, width, samples, step);
            return;
        }
        for (int x = 0; x < width; x++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int at = (x * channels) + channel;
                samples[(x * step) + channel] = depth == 8 ? row[at] : (ushort)((row[2 * at] << 8) | row[(2 * at) + 1]);
            }
        }
    }
}

using System.IO.Compression;

namespace MLSegmentation.Images;

/// <summary>
/// Reads the samples of every kind of PNG (W3C PNG specification, third edition). Own code because image libraries turn
/// palette indices and 16-bit samples into 8-bit colours, which is what a label or a depth must never become.
/// </summary>
internal static class PngReader
{
    // Deflate shrinks data at most 1032-fold, so a smaller file cannot hold the pixels its header claims.
    private const long MaxCompression = 1032;

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
        long bits = (long)header.Width * header.Height * header.Channels * header.BitDepth;
        if (bits / 8 > (file.ImageDataLength + 64) * MaxCompression)
            throw file.Damaged($"has {file.ImageDataLength} bytes of image data, too few for {header.Width}×{header.Height} pixels");

        var samples = new ushort[checked(header.Width * header.Height * header.Channels)];
        using var stream = new ZLibStream(file.OpenImageData(), CompressionMode.Decompress);
        foreach (Pass pass in header.Interlaced ? _adam7 : _all) ReadPass(stream, file, pass, samples);

        // The checksum after the compressed data is looked at only when its end is reached.
        Inflate(stream, file, new byte[1]);
        return new PngImage(file, samples);
    }

    private static void ReadPass(ZLibStream stream, PngFile file, Pass pass, ushort[] samples)
    {
        PngHeader header = file.Header;
        int width = Count(header.Width, pass.X, pass.StepX);
        int height = Count(header.Height, pass.Y, pass.StepY);
        if (width == 0 || height == 0) return;

        int pixelBits = header.Channels * header.BitDepth;
        int pixelBytes = Math.Max(pixelBits / 8, 1);
        int rowBytes = checked((int)((((long)width * pixelBits) + 7) / 8));
        byte[] row = new byte[rowBytes + 1];
        byte[] above = new byte[rowBytes + 1];
        for (int y = 0; y < height; y++)
        {
            if (Inflate(stream, file, row) < row.Length)
                throw file.Damaged($"has image data that ends in row {y} of {height}");
            if (!PngFilter.Undo(row[0], row.AsSpan(1), above.AsSpan(1), pixelBytes))
                throw file.Damaged($"has an unknown filter ({row[0]}) in row {y}");
            int target = ((pass.Y + (y * pass.StepY)) * header.Width) + pass.X;
            Unpack(row.AsSpan(1), header, width, samples.AsSpan(target * header.Channels), pass.StepX * header.Channels);
            (row, above) = (above, row);
        }
    }

    private static int Inflate(ZLibStream stream, PngFile file, byte[] buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw file.Damaged("has image data that cannot be decompressed", error);
        }
    }

    private static void Unpack(ReadOnlySpan<byte> row, PngHeader header, int width, Span<ushort> samples, int step)
    {
        int channels = header.Channels;
        int depth = header.BitDepth;
        if (depth < 8)
        {
            // Packed samples have one channel; the leftmost is in the high bits.
            int mask = (1 << depth) - 1;
            for (int x = 0; x < width; x++)
            {
                int bit = x * depth;
                samples[x * step] = (ushort)((row[bit >> 3] >> (8 - depth - (bit & 7))) & mask);
            }
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

    private static int Count(int size, int start, int step) => (size - start + step - 1) / step;

    private readonly record struct Pass(int X, int Y, int StepX, int StepY);
}

using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Writes lossless PNG files. A file at a path is written beside its place and then renamed, so that none is ever half-written. A
/// stream stays open.
/// </summary>
public static class PngWriter
{
    private const int MaxColours = 256;

    /// <summary>
    /// Writes label indices with the colours that viewers show for them; readers of labels get the indices back.
    /// </summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="indices">Row by row, width × height values, each less than the number of colours.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="palette">1 to 256 colours.</param>
    /// <exception cref="ArgumentException">A size, the palette's length or an index is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteIndexed(string path, ReadOnlySpan<byte> indices, int width, int height, IReadOnlyList<Rgb> palette)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, WritingIndexed(indices, width, height, palette));
    }

    /// <summary>Writes label indices to a stream.</summary>
    /// <inheritdoc cref="WriteIndexed(string, ReadOnlySpan{byte}, int, int, IReadOnlyList{Rgb})"/>
    public static void WriteIndexed(Stream stream, ReadOnlySpan<byte> indices, int width, int height, IReadOnlyList<Rgb> palette)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WritingIndexed(indices, width, height, palette)(stream);
    }

    /// <summary>Writes label indices that come row by row, so that a mask larger than memory can be written.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="palette">1 to 256 colours.</param>
    /// <param name="write">Gives the rows, all of them; where it throws, no file is written and what was there stays.</param>
    /// <exception cref="ArgumentException">A size or the palette's length is out of range.</exception>
    /// <exception cref="InvalidOperationException">Not all rows were given.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void WriteIndexed(
        string path, int width, int height, IReadOnlyList<Rgb> palette, Action<IndexedPngRows> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, WritingIndexed(width, height, palette, write));
    }

    /// <summary>Writes label values of 16 bits that come row by row, as gray values.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="write">Gives the rows, all of them; where it throws, no file is written and what was there stays.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    /// <exception cref="InvalidOperationException">Not all rows were given.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void WriteGray16(string path, int width, int height, Action<Gray16PngRows> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, WritingGray16(width, height, write));
    }

    /// <summary>Writes gray values, 8 bits a pixel.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="gray">Row by row, width × height values, 0 black to 255 white.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the values do not have its length.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteGray(string path, ReadOnlySpan<byte> gray, int width, int height)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, WritingGray(gray, width, height));
    }

    /// <summary>Writes gray values to a stream.</summary>
    /// <inheritdoc cref="WriteGray(string, ReadOnlySpan{byte}, int, int)"/>
    public static void WriteGray(Stream stream, ReadOnlySpan<byte> gray, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WritingGray(gray, width, height)(stream);
    }

    /// <summary>Writes an image's colours, 8 bits a channel; its alpha is left out.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="image">The image, of 32 bits a pixel.</param>
    /// <exception cref="ArgumentException">The image has another pixel format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteRgb(string path, MLImage image)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, WritingRgb(image));
    }

    /// <summary>Writes an image's colours to a stream.</summary>
    /// <inheritdoc cref="WriteRgb(string, MLImage)"/>
    public static void WriteRgb(Stream stream, MLImage image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WritingRgb(image)(stream);
    }

    /// <summary>
    /// The bytes of a PNG file with an image's colours, such as those of an overlay that a web service answers.
    /// </summary>
    /// <inheritdoc cref="WriteRgb(string, MLImage)"/>
    public static byte[] EncodeRgb(MLImage image) => Encode(WritingRgb(image));

    /// <summary>The bytes of a PNG file with an image's colours, 8 bits a channel.</summary>
    /// <param name="rgb">Red, green and blue of each pixel, row by row.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the bytes do not have its length.</exception>
    internal static byte[] EncodeRgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.Length != 3L * width * height)
            throw new ArgumentException($"There are {rgb.Length} bytes of pixels, expected 3 × {width} × {height}.", nameof(rgb));
        return Encode(WritingRgb(RgbRows(rgb, width, height, pixelBytes: 3, red: 0), width, height));
    }

    /// <summary>What writes label indices that come row by row.</summary>
    internal static Action<Stream> WritingIndexed(int width, int height, IReadOnlyList<Rgb> palette, Action<IndexedPngRows> write)
    {
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (palette.Count is 0 or > MaxColours)
            throw new ArgumentException($"The palette has {palette.Count} colours, expected 1 to {MaxColours}.", nameof(palette));
        byte[] colours = [.. palette.SelectMany(colour => new[] { colour.R, colour.G, colour.B })];
        return stream => WriteTo(stream, Header(width, height, PngColour.Palette), colours, CompressionLevel.Optimal, pixels =>
        {
            var rows = new IndexedPngRows(pixels, width, height, palette.Count);
            write(rows);
            CheckComplete(rows.Count, height);
        });
    }

    /// <summary>What writes label values of 16 bits that come row by row.</summary>
    internal static Action<Stream> WritingGray16(int width, int height, Action<Gray16PngRows> write)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        return stream =>
            WriteTo(stream, Header(width, height, PngColour.Gray, bits: 16), null, CompressionLevel.Optimal, pixels =>
            {
                var rows = new Gray16PngRows(pixels, width, height);
                write(rows);
                CheckComplete(rows.Count, height);
            });
    }

    /// <summary>The bytes that are written.</summary>
    internal static byte[] Encode(Action<Stream> write)
    {
        using var file = new MemoryStream();
        write(file);
        return file.ToArray();
    }

    private static Action<Stream> WritingIndexed(ReadOnlySpan<byte> indices, int width, int height, IReadOnlyList<Rgb> palette)
    {
        if (width > 0 && height > 0 && indices.Length != (long)width * height)
            throw new ArgumentException($"There are {indices.Length} indices, expected {width} × {height}.", nameof(indices));
        byte[] all = indices.ToArray();
        return WritingIndexed(width, height, palette, rows => rows.Write(all));
    }

    private static Action<Stream> WritingGray(ReadOnlySpan<byte> gray, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (gray.Length != (long)width * height)
            throw new ArgumentException($"There are {gray.Length} gray values, expected {width} × {height}.", nameof(gray));

        var rows = new byte[(width + 1) * height];
        ReadOnlySpan<byte> above = new byte[width];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> values = gray.Slice(y * width, width);
            Span<byte> row = rows.AsSpan(y * (width + 1), width + 1);
            row[0] = PngFilter.Paeth;
            PngFilter.ApplyPaeth(values, above, row[1..], 1);
            above = values;
        }
        byte[] header = Header(width, height, PngColour.Gray);
        return stream => WriteTo(stream, header, null, CompressionLevel.Fastest, pixels => pixels.Write(rows));
    }

    private static Action<Stream> WritingRgb(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.PixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
        {
            throw new ArgumentException(
                $"The image has the pixel format {image.PixelFormat}, expected Bgra32 or Rgba32.", nameof(image));
        }
        int red = image.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0;
        return WritingRgb(RgbRows(image.Pixels, image.Width, image.Height, pixelBytes: 4, red), image.Width, image.Height);
    }

    private static Action<Stream> WritingRgb(byte[] rows, int width, int height)
    {
        byte[] header = Header(width, height, PngColour.Rgb);
        return stream => WriteTo(stream, header, null, CompressionLevel.Fastest, pixels => pixels.Write(rows));
    }

    /// <summary>
    /// The filtered rows of an image whose red and blue are the pixel's first and third byte, or the other way round.
    /// </summary>
    private static byte[] RgbRows(ReadOnlySpan<byte> pixels, int width, int height, int pixelBytes, int red)
    {
        int rowBytes = width * 3;
        var rows = new byte[(rowBytes + 1) * height];
        var above = new byte[rowBytes];
        var colours = new byte[rowBytes];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = pixels.Slice(y * width * pixelBytes, width * pixelBytes);
            for (int x = 0; x < width; x++)
            {
                colours[3 * x] = source[(pixelBytes * x) + red];
                colours[(3 * x) + 1] = source[(pixelBytes * x) + 1];
                colours[(3 * x) + 2] = source[(pixelBytes * x) + 2 - red];
            }
            Span<byte> row = rows.AsSpan(y * (rowBytes + 1), rowBytes + 1);
            row[0] = PngFilter.Paeth;
            PngFilter.ApplyPaeth(colours, above, row[1..], 3);
            (colours, above) = (above, colours);
        }
        return rows;
    }

    private static void CheckComplete(int rows, int height)
    {
        if (rows < height) throw new InvalidOperationException($"{rows} rows were written, expected {height}.");
    }

    private static byte[] Header(int width, int height, PngColour colour, byte bits = 8)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bits;
        header[9] = (byte)colour;
        return header;
    }

    /// <summary>Writes a file whose rows, each behind its filter byte, come through <paramref name="writeRows"/>.</summary>
    private static void WriteTo(Stream stream, byte[] header, byte[]? palette, CompressionLevel level, Action<Stream> writeRows)
    {
        stream.Write(PngFile.Signature);
        WriteChunk(stream, "IHDR"u8, header);
        if (palette is not null) WriteChunk(stream, "PLTE"u8, palette);
        using (var zlib = new ZLibStream(new PngImageDataWriter(stream), level)) writeRows(zlib);
        WriteChunk(stream, "IEND"u8, []);
    }

    /// <summary>Writes a chunk: its length, type and content, and the CRC of type and content.</summary>
    internal static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc32.Of(chunk.AsSpan(4, 4 + content.Length)));
        stream.Write(chunk);
    }
}

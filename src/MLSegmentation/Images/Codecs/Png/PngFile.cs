using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// The chunks of a PNG file, every one of them checked: nothing is missing, no bit has flipped. Of the image data only the places
/// are held, so that a file may be larger than memory.
/// </summary>
internal sealed class PngFile
{
    // Deflate shrinks data at most 1032-fold, so a smaller file cannot hold the pixels its header claims.
    private const long MaxCompression = 1032;

    // A chunk has its length and type before its content, and the CRC of type and content behind it.
    private const int HeadBytes = 8;
    private const int CrcBytes = 4;
    private const int BufferBytes = 1 << 16;

    private readonly Stream _file;
    private readonly List<PngImageData.Part> _imageData = [];

    private PngFile(Stream file, string name)
    {
        (_file, Name) = (file, name);
        ReadChunks();
        if (_imageData.Count == 0) throw Damaged("has no image data (IDAT chunk)");
        if (Header.Colour == PngColour.Palette && Palette.Count == 0)
            throw Damaged("is a palette image without a palette (PLTE chunk)");
        CheckImageDataLength();
    }

    /// <summary>The file's name, for errors.</summary>
    public string Name { get; }

    public PngHeader Header { get; private set; }

    /// <summary>The PLTE chunk: the colour of each index; empty where there is none.</summary>
    public IReadOnlyList<Rgb> Palette { get; private set; } = [];

    /// <summary>The tRNS chunk; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Transparency { get; private set; }

    /// <summary>The eight bytes that every PNG starts with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Which way up the image is (eXIf chunk).</summary>
    public SKEncodedOrigin Origin { get; private set; } = SKEncodedOrigin.TopLeft;

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.StartsWith(Signature);

    /// <summary>Reads and checks the chunks of <paramref name="data"/>, which starts with a PNG signature.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is truncated or damaged, or has too many pixels to be decoded as a whole.
    /// </exception>
    public static PngFile Parse(ArraySegment<byte> data, string name)
    {
        var file = new PngFile(new MemoryStream(data.Array!, data.Offset, data.Count, writable: false), name);
        ImageLimit.Check(file.Header.Width, file.Header.Height, name);
        return file;
    }

    /// <summary>
    /// Reads a stream, which can seek and starts with a PNG signature, once from start to end, and checks its chunks.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public static PngFile Parse(Stream file, string name) => new(file, name);

    /// <summary>The compressed samples; one reader at a time.</summary>
    public Stream OpenImageData() => new PngImageData(_file, _imageData);

    public InvalidDataException Damaged(string what, Exception? inner = null) =>
        new($"The PNG file '{Name}' {what}: it is truncated or damaged. Copy or download it again.", inner);

    /// <summary>Few bytes must not claim much memory.</summary>
    private void CheckImageDataLength()
    {
        long length = _imageData.Sum(part => part.Length);
        double bits = (double)Header.Width * Header.Height * Header.Channels * Header.BitDepth;
        if (bits / 8 > (double)length * MaxCompression)
            throw Damaged($"has {length} bytes of image data, too few for {Header.Width}×{Header.Height} pixels");
    }

    private void ReadChunks()
    {
        var head = new byte[HeadBytes];
        var buffer = new byte[BufferBytes];
        _file.Position = Signature.Length;
        for (bool first = true; ; first = false)
        {
            long position = _file.Position, rest = _file.Length - position - HeadBytes - CrcBytes;
            if (rest < 0) throw Damaged($"ends after {_file.Length} bytes without its last chunk (IEND)");
            _file.ReadExactly(head);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            string type = Encoding.Latin1.GetString(head, 4, 4);
            if (length > Math.Min(rest, int.MaxValue))
            {
                throw Damaged(
                    $"has a chunk '{type}' of {length} bytes at byte {position} that goes beyond its {_file.Length} bytes");
            }
            byte[] kept = type is "IHDR" or "PLTE" or "tRNS" or "eXIf" ? new byte[length] : [];
            uint crc = ReadContent((int)length, Crc32.Update(Crc32.Start, head.AsSpan(4)), kept, buffer);
            _file.ReadExactly(head, 0, CrcBytes);
            if (~crc != BinaryPrimitives.ReadUInt32BigEndian(head))
                throw Damaged($"has a chunk '{type}' at byte {position} whose checksum is wrong");
            if (first != (type == "IHDR"))
                throw Damaged(first ? "does not start with its header (IHDR)" : "has two headers (IHDR)");

            if (type == "IEND") return;
            if (type == "IDAT") _imageData.Add(new PngImageData.Part(position + HeadBytes, (int)length));
            else TakeChunk(type, kept);
        }
    }

    /// <summary>The CRC gone on with over a chunk's content, which is copied to where it is to be kept.</summary>
    private uint ReadContent(int length, uint crc, byte[] kept, byte[] buffer)
    {
        for (int done = 0; done < length;)
        {
            Span<byte> piece = buffer.AsSpan(0, Math.Min(buffer.Length, length - done));
            _file.ReadExactly(piece);
            crc = Crc32.Update(crc, piece);
            if (kept.Length > 0) piece.CopyTo(kept.AsSpan(done));
            done += piece.Length;
        }
        return crc;
    }

    private void TakeChunk(string type, byte[] content)
    {
        switch (type)
        {
            case "IHDR": Header = ReadHeader(content); break;
            case "PLTE": Palette = ReadPalette(content); break;
            case "tRNS": Transparency = content; break;
            case "eXIf": Origin = ExifOrientation.Read(content); break;
        }
    }

    private static Rgb[] ReadPalette(ReadOnlySpan<byte> content)
    {
        var palette = new Rgb[content.Length / 3];
        for (int i = 0; i < palette.Length; i++) palette[i] = new Rgb(content[3 * i], content[(3 * i) + 1], content[(3 * i) + 2]);
        return palette;
    }

    private PngHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 13) throw Damaged($"has a header of {bytes.Length} bytes, expected 13");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        (byte depth, byte colour) = (bytes[8], bytes[9]);
        bool known = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!known
            || width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
            throw Damaged($"has a header that no PNG has ({width}×{height}, bit depth {depth}, colour type {colour})");
        return new PngHeader((int)width, (int)height, depth, (PngColour)colour, bytes[12] == 1);
    }
}

using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>The chunks of a WebP file (RFC 9649, section 2) that make its picture, or the first of an animation.</summary>
internal sealed class WebpFile
{
    /// <summary>The place of the length of what follows it.</summary>
    public const int LengthAt = 4;

    /// <summary>The place of the first chunk.</summary>
    public const int FirstChunk = 12;

    /// <summary>The bytes of a VP8X chunk; the other chunks with a size have it within their first ones too.</summary>
    public const int CanvasBytes = 10;

    private const int RiffHeader = 8;
    private const int FrameBytes = 16;
    private const int AnimationBytes = 6;
    private const byte AnimationFlag = 0x02;
    private const byte AlphaFlag = 0x10;
    private const int SizeMask = 0x3FFF;

    // A lossy block of 16×16 takes more than a bit for how it is predicted. Lossless pixels may take nothing.
    private const long MostLossyPixelsPerByte = 2048;

    private readonly string _name;
    private readonly WebpChunk? _canvas;
    private readonly WebpChunk? _frame;
    private readonly WebpChunk? _alpha;
    private readonly WebpChunk _picture;

    private WebpFile(ArraySegment<byte> data, string name)
    {
        _name = name;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(LengthAt));
        if (data.Count - RiffHeader < length)
            throw Damaged($"ends after {data.Count} bytes, before the size that its WebP header states");
        List<WebpChunk> chunks = WebpChunk.ReadAll(data.AsMemory()[FirstChunk..Math.Max(FirstChunk, RiffHeader + (int)length)]),
            pictures = chunks;
        if (Find(chunks, "EXIF") is { } exif) Origin = ExifOrientation.Read(exif.Content.Span);
        _canvas = Find(chunks, "VP8X");
        if (_canvas?.Content.Length < CanvasBytes) throw Damaged("has a canvas (VP8X chunk) that is too short");
        if (_canvas is not null && (_canvas.Content.Span[0] & AnimationFlag) != 0)
        {
            _frame = Find(chunks, "ANMF");
            if (_frame is null || _frame.Content.Length < FrameBytes)
                throw Damaged("is an animation without a picture (ANMF chunk)");
            pictures = WebpChunk.ReadAll(_frame.Content[FrameBytes..]);
        }
        _picture = Find(pictures, "VP8 ") ?? Find(pictures, "VP8L") ?? throw Damaged("has no picture (VP8 or VP8L chunk)");
        _alpha = _canvas is null || !IsLossy ? null : Find(pictures, "ALPH");
        (Width, Height) = ReadSize();
        ImageLimit.Check(Width, Height, name);
        if (IsLossy) ImageLimit.CheckClaim(Width, Height, data.Count, MostLossyPixelsPerByte, name);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Which way up the image is (EXIF).</summary>
    public SKEncodedOrigin Origin { get; } = SKEncodedOrigin.TopLeft;

    /// <summary>
    /// Bytes that a decoder takes beside the pixels: those of a lossless picture once more, or the alpha of a lossy one.
    /// </summary>
    public long DecoderBytes => (long)Width * Height * (!IsLossy ? 4 : _alpha is null ? 0 : 1);

    private bool IsLossy => _picture.Name == "VP8 ";

    public static bool HasSignature(ReadOnlySpan<byte> data) =>
        data.Length >= FirstChunk && data.StartsWith("RIFF"u8) && data[RiffHeader..].StartsWith("WEBP"u8);

    /// <summary>Reads the chunks of a file that has a WebP's signature.</summary>
    /// <exception cref="InvalidDataException">
    /// It is truncated or damaged, or has more pixels than are taken or than its bytes can hold.
    /// </exception>
    public static WebpFile Parse(ArraySegment<byte> data, string name) => new(data, name);

    /// <summary>
    /// The size in the first bytes of a chunk: of a canvas, of a lossy key frame (RFC 6386, section 9.1) or of a lossless picture
    /// (RFC 9649, section 3.4); null for another chunk, or for what none of them is.
    /// </summary>
    public static (int Width, int Height)? ReadSize(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> content)
    {
        if (chunk.SequenceEqual("VP8X"u8) && content.Length >= CanvasBytes) return ReadCanvas(content[4..]);
        if (chunk.SequenceEqual("VP8 "u8)
            && content.Length >= 10 && (content[0] & 1) == 0 && content[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            (int width, int height) = (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & SizeMask,
                BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & SizeMask);
            return width > 0 && height > 0 ? (width, height) : null;
        }
        if (!chunk.SequenceEqual("VP8L"u8) || content.Length < 5 || content[0] != 0x2F) return null;
        uint sizes = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
        return ((int)(sizes & SizeMask) + 1, (int)((sizes >> 14) & SizeMask) + 1);
    }

    /// <summary>
    /// A file of the chunks that make the picture and of nothing else: no profile, no EXIF data, no other pictures of an
    /// animation.
    /// </summary>
    public ImageFileBytes Rebuild()
    {
        List<WebpChunk> chunks = _alpha is null ? [_picture] : [_alpha, _picture];
        if (_frame is not null)
        {
            var frame = new byte[FrameBytes + chunks.Sum(chunk => chunk.Length)];
            _frame.Content.Span[..FrameBytes].CopyTo(frame);
            Write(chunks, frame.AsSpan(FrameBytes));
            chunks = [new WebpChunk("ANIM", new byte[AnimationBytes]), new WebpChunk("ANMF", frame)];
        }
        if (_canvas is not null)
        {
            byte[] canvas = _canvas.Content.Span[..CanvasBytes].ToArray();
            canvas[0] &= AnimationFlag | AlphaFlag;
            chunks.Insert(0, new WebpChunk("VP8X", canvas));
        }
        ImageFileBytes file = ImageFileBytes.Rent(FirstChunk + chunks.Sum(chunk => chunk.Length));
        Span<byte> target = file.Content;
        "RIFF"u8.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[LengthAt..], target.Length - RiffHeader);
        "WEBP"u8.CopyTo(target[RiffHeader..]);
        Write(chunks, target[FirstChunk..]);
        return file;
    }

    private static WebpChunk? Find(List<WebpChunk> chunks, string name) => chunks.Find(chunk => chunk.Name == name);

    private static void Write(List<WebpChunk> chunks, Span<byte> target)
    {
        foreach (WebpChunk chunk in chunks) target = target[chunk.Write(target)..];
    }

    private static (int Width, int Height) ReadCanvas(ReadOnlySpan<byte> bytes) => (UInt24(bytes) + 1, UInt24(bytes[3..]) + 1);

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    /// <summary>The size that the canvas, the frame and the picture agree on.</summary>
    private (int Width, int Height) ReadSize()
    {
        if (ReadSize(Encoding.Latin1.GetBytes(_picture.Name), _picture.Content.Span) is not { } picture)
            throw Damaged($"has a picture ({_picture.Name} chunk) whose header no WebP has");
        if (_canvas is null) return picture;
        ReadOnlySpan<byte> frame = _frame is null ? [] : _frame.Content.Span;
        (int Width, int Height) size = ReadCanvas(_canvas.Content.Span[4..]);
        bool fits = frame.IsEmpty ? picture == size
            : picture == ReadCanvas(frame[6..])
                && (2 * UInt24(frame)) + picture.Width <= size.Width && (2 * UInt24(frame[3..])) + picture.Height <= size.Height;
        return fits
            ? size
            : throw Damaged(
                $"has a picture of {picture.Width}×{picture.Height} pixels that does not fit its canvas "
                + $"of {size.Width}×{size.Height}");
    }

    private InvalidDataException Damaged(string what) => ImageFile.Damaged(_name, what);
}

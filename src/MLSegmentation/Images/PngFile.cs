using System.Buffers.Binary;
using System.Text;

namespace MLSegmentation.Images;

/// <summary>The chunks of a PNG file, every one of them checked: nothing is missing, no bit has flipped.</summary>
internal sealed class PngFile
{
    private readonly byte[] _data;
    private readonly string _name;
    private readonly List<Range> _imageData = [];

    private PngFile(byte[] data, string name)
    {
        (_data, _name) = (data, name);
        ReadChunks();
        if (_imageData.Count == 0) throw Damaged("has no image data (IDAT chunk)");
        if (Header.Colour == PngColour.Palette && Palette.Length == 0) throw Damaged("is a palette image without a palette (PLTE chunk)");
    }

    public PngHeader Header { get; private set; }

    /// <summary>The PLTE chunk: red, green and blue bytes of each entry; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Palette { get; private set; }

    /// <summary>The tRNS chunk; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Transparency { get; private set; }

    /// <summary>The eight bytes that every PNG starts with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.StartsWith(Signature);

    /// <summary>Reads and checks the chunks of <paramref name="data"/>, which starts with a PNG signature.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public static PngFile Parse(byte[] data, string name) => new(data, name);

    /// <summary>The compressed samples.</summary>
    public Stream OpenImageData()
    {
        if (_imageData.Count == 1)
        {
            (int offset, int length) = _imageData[0].GetOffsetAndLength(_data.Length);
            return new MemoryStream(_data, offset, length, writable: false);
        }
        var joined = new MemoryStream(_data.Length);
        foreach (Range range in _imageData) joined.Write(_data.AsSpan(range));
        joined.Position = 0;
        return joined;
    }

    /// <summary>The length of the compressed samples in bytes.</summary>
    public long ImageDataLength
    {
        get
        {
            long length = 0;
            foreach (Range range in _imageData) length += range.GetOffsetAndLength(_data.Length).Length;
            return length;
        }
    }

    public InvalidDataException Damaged(string what, Exception? inner = null) =>
        new($"The PNG file '{_name}' {what}: it is truncated or damaged. Copy or download it again.", inner);

    private void ReadChunks()
    {
        int position = Signature.Length;
        for (bool first = true; ; first = false)
        {
            // A chunk: length, type, that many bytes, CRC of type and bytes.
            if (_data.Length - position < 12) throw Damaged($"ends after {_data.Length} bytes without its last chunk (IEND)");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(position));
            ReadOnlySpan<byte> name = _data.AsSpan(position + 4, 4);
            string type = Encoding.Latin1.GetString(name);
            if (length > _data.Length - position - 12)
                throw Damaged($"has a chunk '{type}' of {length} bytes at byte {position} that goes beyond its {_data.Length} bytes");
            Range content = (position + 8)..(position + 8 + (int)length);
            uint expected = BinaryPrimitives.ReadUInt32BigEndian(_data.AsSpan(content.End.Value));
            if (Crc32.Of(_data.AsSpan((position + 4)..content.End.Value)) != expected)
                throw Damaged($"has a chunk '{type}' at byte {position} whose checksum is wrong");
            if (first != (type == "IHDR")) throw Damaged(first ? "does not start with its header (IHDR)" : "has two headers (IHDR)");

            if (type == "IEND") return;
            TakeChunk(type, content);
            position = content.End.Value + 4;
        }
    }

    private void TakeChunk(string type, Range content)
    {
        switch (type)
        {
            case "IHDR": Header = ReadHeader(_data.AsSpan(content)); break;
            case "PLTE": Palette = _data.AsMemory(content); break;
            case "tRNS": Transparency = _data.AsMemory(content); break;
            case "IDAT": _imageData.Add(content); break;
        }
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
        if (!known || width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || bytes[10] != 0 || bytes[11] != 0 || bytes[12] > 1)
            throw Damaged($"has a header that no PNG has ({width}×{height}, bit depth {depth}, colour type {colour})");
        ImageLimit.Check((int)width, (int)height, _name);
        return new PngHeader((int)width, (int)height, depth, (PngColour)colour, bytes[12] == 1);
    }
}

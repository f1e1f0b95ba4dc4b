using System.Buffers.Binary;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>Reads the size of an image without decoding it, from as few bytes of its file as tell it.</summary>
internal static class ImageHeader
{
    private const int StartBytes = 32;
    private const int MostExifBytes = 1 << 16;

    /// <summary>Width and height, upright; null where the file cannot be read, which decoding will report.</summary>
    public static (int Width, int Height)? TryReadSize(string path)
    {
        try
        {
            using FileStream file = ImageFile.OpenRead(path);
            return ReadSize(file, path);
        }
        catch (Exception error) when (BadImage.IsUnreadable(error))
        {
            return null;
        }
    }

    private static (int Width, int Height)? ReadSize(FileStream file, string path)
    {
        byte[] start = new byte[StartBytes];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> head = start.AsSpan(0, length);
        if (PngFile.HasSignature(head)) return ReadPng(file);
        if (JpegFile.HasSignature(head)) return ReadJpeg(file);
        if (WebpFile.HasSignature(head)) return ReadWebp(file);
        if (BmpFile.HasSignature(head)) return Upright(BmpFile.ReadSize(head), SKEncodedOrigin.TopLeft);
        if (TiffReader.HasSignature(head)) return TiffImage.ReadSize(file, path);
        if (!GifFile.HasSignature(head)) return null;
        using ImageFileBytes bytes = ImageFileBytes.Read(path);
        var gif = GifFile.Parse(bytes.Content, path);
        return (gif.Width, gif.Height);
    }

    private static (int Width, int Height)? ReadPng(FileStream file)
    {
        (int, int)? size = null;
        SKEncodedOrigin origin = SKEncodedOrigin.TopLeft;
        byte[] head = new byte[8];
        for (long next = PngFile.Signature.Length; next < file.Length; next += 12 + BinaryPrimitives.ReadUInt32BigEndian(head))
        {
            file.Position = next;
            file.ReadExactly(head);
            ReadOnlySpan<byte> type = head.AsSpan(4);
            if (type.SequenceEqual("IEND"u8)) break;
            if (type.SequenceEqual("IHDR"u8))
            {
                byte[] numbers = Read(file, 8);
                size = (BinaryPrimitives.ReadInt32BigEndian(numbers), BinaryPrimitives.ReadInt32BigEndian(numbers.AsSpan(4)));
            }
            if (type.SequenceEqual("eXIf"u8)) origin = ReadOrigin(file, BinaryPrimitives.ReadUInt32BigEndian(head));
        }
        return Upright(size, origin);
    }

    private static (int Width, int Height)? ReadJpeg(FileStream file)
    {
        (int, int)? size = null;
        SKEncodedOrigin origin = SKEncodedOrigin.TopLeft;
        file.Position = 2;

        // The orientation may stand behind the frame.
        while (NextMarker(file) is byte marker && marker is not (JpegMarker.EndOfImage or JpegMarker.StartOfScan))
        {
            if (JpegMarker.StandsAlone(marker)) continue;
            int length = BinaryPrimitives.ReadUInt16BigEndian(Read(file, 2));
            long next = file.Position + length - 2;
            if (JpegMarker.IsFrame(marker))
            {
                byte[] numbers = Read(file, 5);
                size ??= (BinaryPrimitives.ReadUInt16BigEndian(numbers.AsSpan(3)),
                    BinaryPrimitives.ReadUInt16BigEndian(numbers.AsSpan(1)));
            }
            else if (marker == JpegMarker.Exif && length >= 2 && origin == SKEncodedOrigin.TopLeft)
                origin = ReadOrigin(file, (uint)length - 2);
            file.Position = next;
        }
        return Upright(size, origin);
    }

    private static byte? NextMarker(FileStream file)
    {
        int last = 0;
        for (int value; (value = file.ReadByte()) >= 0; last = value)
        {
            if (last == 0xFF && value is > 0 and < 0xFF) return (byte)value;
        }
        return null;
    }

    private static (int Width, int Height)? ReadWebp(FileStream file)
    {
        (int, int)? size = null;
        SKEncodedOrigin? origin = null;
        file.Position = WebpFile.LengthAt;
        long end = Math.Min(
            file.Length, file.Position + sizeof(uint) + BinaryPrimitives.ReadUInt32LittleEndian(Read(file, sizeof(uint))));
        for (long next = WebpFile.FirstChunk; next + WebpChunk.HeaderBytes <= end;)
        {
            file.Position = next;
            byte[] head = Read(file, WebpChunk.HeaderBytes);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (length > end - file.Position) break;
            if (head.AsSpan().StartsWith("EXIF"u8)) origin ??= ReadOrigin(file, length);
            else size ??= WebpFile.ReadSize(head.AsSpan(0, 4), Read(file, (int)Math.Min(length, WebpFile.CanvasBytes)));
            next += WebpChunk.HeaderBytes + length + (length & 1);
        }
        return Upright(size, origin ?? SKEncodedOrigin.TopLeft);
    }

    private static SKEncodedOrigin ReadOrigin(FileStream file, uint length) =>
        ExifOrientation.Read(Read(file, (int)Math.Min(length, MostExifBytes)));

    private static byte[] Read(FileStream file, int count)
    {
        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static (int Width, int Height)? Upright((int Width, int Height)? size, SKEncodedOrigin origin) =>
        size is not ( > 0, > 0) ? null : PixelOrder.SwapsSides(origin) ? (size.Value.Height, size.Value.Width) : size;
}

using System.Buffers.Binary;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// The segments of a JPEG file (ITU-T T.81, annex B), and which of them a decoder needs. Decoders fill what a damaged file lacks
/// with gray and say nothing, so the markers are walked. Entropy-coded data has no checksum: a bit that flips in it and makes no
/// marker stays unseen.
/// </summary>
internal sealed class JpegFile
{
    private const int LengthBytes = 2;

    // What decoders look at of the segments that tell of the colours (JFIF 1.02, and Adobe's technical note 5116).
    private const int JfifBytes = 14;
    private const int AdobeBytes = 12;

    // Encoders make some ten scans. Each goes over all pixels, however few bytes it has.
    private const int MostScans = 100;
    private const long MostScannedPixels = 20 * ImageLimit.Pixels;

    private readonly ArraySegment<byte> _data;
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private JpegFrame? _frame;
    private int _interval;
    private int _scans;
    private bool _hasPartialScan;

    private JpegFile(ArraySegment<byte> data) => _data = data;

    /// <summary>Which way up the image is (EXIF).</summary>
    public SKEncodedOrigin Origin { get; private set; } = SKEncodedOrigin.TopLeft;

    public JpegFrame Frame => _frame!;

    /// <summary>Bytes that a decoder takes beside the pixels: the coefficients of all scans where there are several.</summary>
    public long DecoderBytes => _hasPartialScan || Frame.IsProgressive ? Frame.CoefficientBytes : 0;

    public static bool HasSignature(ReadOnlySpan<byte> data) =>
        data.StartsWith((ReadOnlySpan<byte>)[0xFF, JpegMarker.StartOfImage, 0xFF]);

    /// <summary>Reads the segments of a file that has a JPEG's signature.</summary>
    /// <exception cref="InvalidDataException">
    /// It is truncated or damaged, has too many pixels, or is of a kind that is not read.
    /// </exception>
    public static JpegFile Parse(ArraySegment<byte> data, string name)
    {
        if (Read(data, out JpegFile file) is { } damage) throw ImageFile.Damaged(name, damage);
        if (!file.Frame.IsRead)
        {
            throw new InvalidDataException(
                $"The image file '{name}' is a JPEG {file.Frame.Kind}, expected one of 8 bits, baseline or progressive. Save it "
                + "anew, or as PNG.");
        }
        ImageLimit.Check(file.Frame.Width, file.Frame.Height, name);
        return file;
    }

    /// <summary>Reads the segments of data that has a JPEG's signature.</summary>
    /// <returns>What is wrong with it, to go on after its name; null where nothing is found.</returns>
    public static string? Read(ArraySegment<byte> data, out JpegFile file)
    {
        file = new JpegFile(data);
        return file.Walk();
    }

    /// <summary>
    /// A file of the segments that make the pixels and of nothing else: no profile, no EXIF data, no comment, no thumbnail,
    /// nothing behind the end.
    /// </summary>
    public ImageFileBytes Rebuild()
    {
        ImageFileBytes file = ImageFileBytes.Rent(_parts.Sum(part => part.Length));
        Span<byte> target = file.Content;
        foreach (ReadOnlyMemory<byte> part in _parts)
        {
            part.Span.CopyTo(target);
            target = target[part.Length..];
        }
        return file;
    }

    /// <returns>What is wrong with the file, to go on after its name; null where nothing is found.</returns>
    private string? Walk()
    {
        ReadOnlySpan<byte> data = _data;
        int position = 2;
        _parts.Add(new byte[] { 0xFF, JpegMarker.StartOfImage });
        while (JpegMarker.Next(data, ref position) is byte marker)
        {
            // The end marker of a thumbnail lies inside a segment: only this one is the image's. What follows it is another's.
            if (marker == JpegMarker.EndOfImage)
            {
                _parts.Add(new byte[] { 0xFF, JpegMarker.EndOfImage });
                return _scans == 0 ? "has no image data" : null;
            }
            if (JpegMarker.StandsAlone(marker)) continue;
            if (data.Length - position < LengthBytes) break;
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[position..]);
            if (length < LengthBytes) return $"has a segment 0xFF{marker:X2} of {length} bytes at byte {position - 2}";
            if (length > data.Length - position) break;
            int start = position - 2;
            position += length;
            if (TakeSegment(marker, _data.AsMemory(start, position - start)) is { } damage) return damage;
            if (marker != JpegMarker.StartOfScan) continue;
            int scan = position;
            if (FindScanDamage(data[(start + 4)..position], ref position) is { } scanDamage) return scanDamage;
            _parts.Add(_data.AsMemory(scan, position - scan));
        }
        return $"ends after {data.Length} bytes without a JPEG end marker";
    }

    /// <summary>Keeps a segment where a decoder needs it.</summary>
    private string? TakeSegment(byte marker, ReadOnlyMemory<byte> segment)
    {
        ReadOnlySpan<byte> content = segment.Span[4..];
        switch (marker)
        {
            case JpegMarker.QuantisationTable or JpegMarker.HuffmanTable:
                _parts.Add(segment);
                return null;
            case JpegMarker.RestartInterval:
                if (content.Length != 2) return $"has a restart interval of {content.Length} bytes, expected 2";
                _interval = BinaryPrimitives.ReadUInt16BigEndian(content);
                _parts.Add(segment);
                return null;
            case JpegMarker.StartOfScan:
                _parts.Add(segment);
                return CountScan(content);
            case JpegMarker.Jfif when content.Length >= JfifBytes && content.StartsWith("JFIF\0"u8):
                _parts.Add((byte[])[0xFF, marker, 0, JfifBytes + LengthBytes, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
                return null;
            case JpegMarker.Adobe when content.Length >= AdobeBytes && content.StartsWith("Adobe"u8):
                _parts.Add((byte[])[0xFF, marker, 0, AdobeBytes + LengthBytes, .. content[..AdobeBytes]]);
                return null;
            case JpegMarker.Exif when content.StartsWith("Exif\0"u8) && Origin == SKEncodedOrigin.TopLeft:
                Origin = ExifOrientation.Read(content);
                return null;
            default:
                return JpegMarker.IsFrame(marker) ? TakeFrame(marker, segment) : null;
        }
    }

    private string? TakeFrame(byte marker, ReadOnlyMemory<byte> segment)
    {
        if (_frame is not null) return "has two frame headers";
        _frame = JpegFrame.TryRead(marker, segment.Span[4..]);
        if (_frame is null) return "has a frame header that no JPEG has";
        if (!_frame.FitsInto(_data.Count)) return $"has {_data.Count} bytes, too few for {_frame.Width}×{_frame.Height} pixels";
        _parts.Add(segment);
        return null;
    }

    private string? CountScan(ReadOnlySpan<byte> content)
    {
        if (_frame is null) return "has image data before its frame header";
        if (content.IsEmpty || content.Length != 4 + (2 * content[0])) return "has a scan header that no JPEG has";
        _hasPartialScan |= content[0] < _frame.Components;
        int most = (int)Math.Min(MostScans, MostScannedPixels / ((long)_frame.Width * _frame.Height));
        return ++_scans > most ? $"has more than {most} scans of {_frame.Width}×{_frame.Height} pixels" : null;
    }

    /// <summary>Goes to the marker after a scan. Restart markers count from 0 to 7 over and over.</summary>
    private string? FindScanDamage(ReadOnlySpan<byte> header, ref int position)
    {
        ReadOnlySpan<byte> data = _data;
        int restarts = _interval == 0 ? 0 : Frame.Restarts(header, _interval), found = 0;
        while (JpegMarker.Next(data, ref position) is byte marker)
        {
            if (JpegMarker.IsRestart(marker))
            {
                if (marker != JpegMarker.FirstRestart + (found++ & 7))
                    return $"has a restart marker out of order at byte {position - 2}";
                continue;
            }
            if (!JpegMarker.MayFollowScan(marker))
                return $"has the marker 0xFF{marker:X2} within its image data, at byte {position - 2}";

            // Some writers put one more behind the last block.
            if (found != restarts && found != restarts + 1) return $"has {found} restart markers in a scan, expected {restarts}";
            position -= 2;
            return null;
        }
        return $"ends after {data.Length} bytes without a JPEG end marker";
    }
}

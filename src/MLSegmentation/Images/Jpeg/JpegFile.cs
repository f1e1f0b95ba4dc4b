using System.Buffers.Binary;

namespace MLSegmentation.Images;

/// <summary>
/// The segments of a JPEG file (ITU-T T.81, annex B). Decoders fill what a damaged file lacks with gray and say nothing, so the markers are
/// walked. Entropy-coded data has no checksum: a bit that flips in it and makes no marker stays unseen.
/// </summary>
internal static class JpegFile
{
    private const byte Escape = 0x00;
    private const byte Temporary = 0x01;
    private const byte FirstFrame = 0xC0;
    private const byte LastFrame = 0xC2;
    private const byte HuffmanTable = 0xC4;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte RestartInterval = 0xDD;
    private const byte LastApplication = 0xEF;
    private const byte Comment = 0xFE;

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0xFF, StartOfImage, 0xFF]);

    /// <summary>What is wrong with the file, to go on after its name; null where nothing is found.</summary>
    public static string? FindDamage(ReadOnlySpan<byte> data)
    {
        JpegFrame? frame = null;
        int interval = 0;
        int position = 2;
        while (NextMarker(data, ref position) is byte marker)
        {
            // The end marker of a thumbnail lies inside a segment: only this one is the image's. What follows it is another's.
            if (marker == EndOfImage) return null;
            if (marker is (>= FirstRestart and <= StartOfImage) or Temporary) continue;
            if (data.Length - position < 2) break;
            int length = Math.Max(BinaryPrimitives.ReadUInt16BigEndian(data[position..]), (ushort)2);
            if (length > data.Length - position) break;
            ReadOnlySpan<byte> content = data.Slice(position + 2, length - 2);
            position += length;
            switch (marker)
            {
                case >= FirstFrame and <= LastFrame:
                    frame = JpegFrame.TryRead(content);
                    if (frame?.FitsInto(data.Length) == false) return $"has {data.Length} bytes, too few for {frame.Width}×{frame.Height} pixels";
                    break;
                case RestartInterval when content.Length >= 2:
                    interval = BinaryPrimitives.ReadUInt16BigEndian(content);
                    break;
                case StartOfScan:
                    int restarts = interval == 0 ? 0 : frame?.Restarts(content, interval) ?? 0;
                    if (FindScanDamage(data, restarts, ref position) is { } damage) return damage;
                    break;
            }
        }
        return $"ends after {data.Length} bytes without a JPEG end marker";
    }

    /// <summary>The next marker, and the position behind it; what is no marker is passed over, as decoders do.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> data, ref int position)
    {
        while (true)
        {
            int skip = data[position..].IndexOf((byte)0xFF);
            if (skip < 0 || position + skip + 1 >= data.Length) return null;
            position += skip + 1;

            // More than one 0xFF is fill; this one may start the marker.
            if (data[position] != 0xFF && data[position++] != Escape) return data[position - 1];
        }
    }

    /// <summary>Goes to the marker after a scan. Restart markers count from 0 to 7 over and over.</summary>
    private static string? FindScanDamage(ReadOnlySpan<byte> data, int restarts, ref int position)
    {
        int found = 0;
        while (NextMarker(data, ref position) is byte marker)
        {
            if (marker is >= FirstRestart and <= LastRestart)
            {
                if (marker != FirstRestart + (found++ & 7)) return $"has a restart marker out of order at byte {position - 2}";
                continue;
            }
            bool mayFollow = marker is HuffmanTable or (>= EndOfImage and <= LastApplication) or Comment;
            if (!mayFollow) return $"has the marker 0xFF{marker:X2} within its image data, at byte {position - 2}";

            // Some writers put one more behind the last block.
            if (found != restarts && found != restarts + 1) return $"has {found} restart markers in a scan, expected {restarts}";
            position -= 2;
            return null;
        }
        return null;
    }
}

namespace MLSegmentation;

/// <summary>The markers of a JPEG file, each a byte behind 0xFF (ITU-T T.81, table B.1).</summary>
internal static class JpegMarker
{
    public const byte HuffmanTable = 0xC4;
    public const byte FirstRestart = 0xD0;
    public const byte StartOfImage = 0xD8;
    public const byte EndOfImage = 0xD9;
    public const byte StartOfScan = 0xDA;
    public const byte QuantisationTable = 0xDB;
    public const byte RestartInterval = 0xDD;
    public const byte Jfif = 0xE0;
    public const byte Exif = 0xE1;
    public const byte Adobe = 0xEE;

    private const byte Escape = 0x00;
    private const byte Temporary = 0x01;
    private const byte FirstFrame = 0xC0;
    private const byte LastFrame = 0xCF;
    private const byte Extension = 0xC8;
    private const byte ArithmeticTable = 0xCC;
    private const byte LastRestart = 0xD7;
    private const byte LastApplication = 0xEF;
    private const byte Comment = 0xFE;

    public static bool IsFrame(byte marker) =>
        marker is >= FirstFrame and <= LastFrame and not (HuffmanTable or Extension or ArithmeticTable);

    public static bool IsRestart(byte marker) => marker is >= FirstRestart and <= LastRestart;

    /// <summary>Whether no segment follows the marker.</summary>
    public static bool StandsAlone(byte marker) => marker is (>= FirstRestart and <= StartOfImage) or Temporary;

    /// <summary>Whether the segment is an application's or a comment.</summary>
    public static bool IsRemark(byte marker) => marker is (>= Jfif and <= LastApplication) or Comment;

    public static bool MayFollowScan(byte marker) => marker is HuffmanTable or (>= EndOfImage and <= LastApplication) or Comment;

    /// <summary>The next marker, and the position behind it; what is no marker is passed over, as decoders do.</summary>
    public static byte? Next(ReadOnlySpan<byte> data, ref int position)
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
}

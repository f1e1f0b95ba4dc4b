using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>What is known of the ways to compress a TIFF: their names, and how much they can shrink.</summary>
internal static class TiffCompression
{
    private static readonly Dictionary<int, string> _names = new()
    {
        [6] = "old-style JPEG",
        [9] = "JBIG (T.85)",
        [10] = "JBIG (T.43)",
        [32766] = "NeXT run lengths",
        [32767] = "Sony ARW",
        [32769] = "packed Epson ERF",
        [32770] = "Samsung SRW",
        [32809] = "ThunderScan",
        [32895] = "IT8 (CT with padding)",
        [32896] = "IT8 (line work)",
        [32897] = "IT8 (monochrome)",
        [32898] = "IT8 (binary line art)",
        [32908] = "Pixar film",
        [32909] = "Pixar log",
        [32947] = "Kodak DCS",
        [33003] = "JPEG 2000 (Aperio, YCbCr)",
        [33004] = "JPEG 2000 (lossy)",
        [33005] = "JPEG 2000 (Aperio, RGB)",
        [33007] = "JPEG (ALT)",
        [34661] = "JBIG",
        [34676] = "SGI LogLuv run lengths",
        [34677] = "SGI LogLuv, 24 bits",
        [34712] = "JPEG 2000",
        [34713] = "Nikon NEF",
        [34715] = "JBIG2",
        [34887] = "LERC",
        [34892] = "lossy JPEG (DNG)",
        [34925] = "LZMA",
        [34926] = "Zstandard",
        [34927] = "WebP",
        [34933] = "PNG",
        [34934] = "JPEG XR",
        [50000] = "Zstandard",
        [50001] = "WebP",
        [50002] = "JPEG XL",
        [52546] = "JPEG XL (DNG)",
        [65000] = "Kodak DCR",
        [65535] = "Pentax PEF",
    };

    /// <summary>Its name, for errors.</summary>
    public static string Name(int compression) =>
        _names.TryGetValue(compression, out string? name) ? $"{name} ({compression})" : $"an unknown method ({compression})";

    /// <summary>Whether it is one of those of fax machines, for a bit a pixel.</summary>
    public static bool IsFax(Compression compression) =>
        compression is Compression.CCITTRLE or Compression.CCITTRLEW or Compression.CCITTFAX3 or Compression.CCITTFAX4;

    /// <summary>The most bytes that one byte can become; 0 for a compression that is not read.</summary>
    /// <param name="compression">How the bytes are compressed.</param>
    /// <param name="rowBytes">The bytes of a row of the decoded block.</param>
    public static long MaxExpansion(Compression compression, long rowBytes) => compression switch
    {
        Compression.NONE => 1,
        Compression.PACKBITS => 64,

        // A code of 12 bits stands for at most 3838 bytes: one more for each entry that the table can take.
        Compression.LZW => 2560,
        Compression.DEFLATE or Compression.ADOBE_DEFLATE => 1032,

        // A row like the one above it takes a bit (T.6, vertical mode with no offset).
        _ when IsFax(compression) => 8 * rowBytes,

        // JpegFrame: up to 8192 pixels, of three samples.
        Compression.JPEG => 3 * 8192,
        _ => 0,
    };
}

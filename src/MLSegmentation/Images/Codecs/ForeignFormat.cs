using System.Text;

namespace MLSegmentation;

/// <summary>
/// Names what a file holds that is no image, or none of a format that is wanted: nobody should take a sound file for a damaged
/// one.
/// </summary>
internal static class ForeignFormat
{
    private const int BrandStart = 8;
    private const int BrandBytes = 4;
    private const int MostBrands = 16;
    private const int TextBytes = 512;
    private const int ShownBytes = 8;

    // What a file of the ISO base media format (ISO/IEC 14496-12) holds by one of its brands; those that say more come first.
    private static readonly (string Brand, string Name)[] _brands =
    [
        ("avif", "an AVIF image"), ("avis", "an AVIF image"), ("heic", "an HEIC image"), ("heix", "an HEIC image"),
        ("heim", "an HEIC image"),
        ("heis", "an HEIC image"), ("hevc", "an HEIC image"), ("hevx", "an HEIC image"), ("hevm", "an HEIC image"),
        ("hevs", "an HEIC image"),
        ("crx ", "a raw photograph (CR3)"), ("jpeg", "a JPEG in an HEIF container"), ("mif1", "an HEIF image"),
        ("mif2", "an HEIF image"),
        ("msf1", "an HEIF image"), ("miaf", "an HEIF image"),
    ];

    private static readonly (byte[] Start, string Name)[] _starts =
    [
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([0xFF, 0x0A], "a JPEG XL image"),
        ([0, 0, 0, 12, .. "JXL "u8], "a JPEG XL image"),
        ([0, 0, 0, 12, .. "jP  "u8], "a JPEG 2000 image"),
        ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 image"),
        ([.. "8BPS"u8], "a Photoshop document"),
        ([.. "gimp xcf"u8], "a GIMP document"),
        ([.. "%PDF"u8], "a PDF document"),
        ([0x76, 0x2F, 0x31, 0x01], "an OpenEXR image"),
        ([.. "#?RADIANCE"u8], "a Radiance HDR image"),
        ([0, 0, 1, 0], "an icon (ICO)"),
        ([0, 0, 2, 0], "a cursor (CUR)"),
        ([.. "icns"u8], "an icon (ICNS)"),
        ([.. "DDS "u8], "a DirectDraw texture"),
        ([.. "qoif"u8], "a QOI image"),
        ([.. "SIMPLE  ="u8], "a FITS image"),
        ([.. "FUJIFILMCCD-RAW"u8], "a raw photograph (RAF)"),
        ([.. "IIU\0"u8], "a raw photograph (RW2)"),
        ([.. "IIRO"u8], "a raw photograph (ORF)"),
        ([.. "PK\x3\x4"u8], "a ZIP archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([.. "version https://git-lfs"u8], "a pointer of Git LFS in place of the file (git lfs pull fetches it)"),
    ];

    private static readonly (string Tag, string Name)[] _texts =
        [("<svg", "an SVG drawing"), ("<!doctype html", "a web page, as failed downloads leave"),
            ("<html", "a web page, as failed downloads leave")];

    /// <summary>
    /// What the file is, to go on with after its name: <c>is an HEIC image</c>, or that it is of no known format, and its first
    /// bytes.
    /// </summary>
    public static string Describe(ReadOnlySpan<byte> data) =>
        Name(data) is { } name
            ? $"is {name}"
            : $"is of no known format, as it starts with {Convert.ToHexString(data[..Math.Min(data.Length, ShownBytes)])}";

    /// <summary>The file's format; null where it is not known.</summary>
    private static string? Name(ReadOnlySpan<byte> data)
    {
        foreach ((byte[] start, string name) in _starts)
        {
            if (data.StartsWith(start)) return name;
        }
        if (WebpFile.HasSignature(data)) return "a WebP image";
        if (data.Length > BrandStart + BrandBytes && data[4..].StartsWith("ftyp"u8)) return ByBrand(data[BrandStart..]);
        if (data.Length > 3 && data[0] == 'P' && data[1] is >= (byte)'1' and <= (byte)'6' && char.IsWhiteSpace((char)data[2]))
            return "a PBM, PGM or PPM image";

        string text = Encoding.Latin1.GetString(data[..Math.Min(data.Length, TextBytes)])
            .TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        if (!text.StartsWith('<')) return null;
        foreach ((string tag, string name) in _texts)
        {
            if (text.Contains(tag, StringComparison.OrdinalIgnoreCase)) return name;
        }
        return null;
    }

    private static string ByBrand(ReadOnlySpan<byte> brands)
    {
        // The first is the major brand; behind it and its version are those that it goes with.
        string all = Encoding.Latin1.GetString(brands[..Math.Min(brands.Length, MostBrands * BrandBytes)]);
        string major = all[..BrandBytes];
        foreach ((string brand, string name) in _brands)
        {
            if (major == brand && name is "an AVIF image" or "an HEIC image") return name;
        }
        foreach ((string brand, string name) in _brands)
        {
            for (int at = 0; at + BrandBytes <= all.Length; at += BrandBytes)
            {
                if (string.CompareOrdinal(all, at, brand, 0, BrandBytes) == 0) return name;
            }
        }
        return $"a video or another file of the ISO media format (brand '{major.TrimEnd()}')";
    }
}

using System.Text;

namespace MLSegmentation.Tests;

/// <summary>Files of formats that are not read are named as what they are, by any extension.</summary>
[TestClass]
public sealed class ForeignFormatTest
{
    [TestMethod]
    [DataRow("heic", "mif1 heic", "an HEIC image")]
    [DataRow("mif1", "mif1 heic", "an HEIC image")]
    [DataRow("msf1", "msf1 hevc", "an HEIC image")]
    [DataRow("heix", "", "an HEIC image")]
    [DataRow("avif", "mif1 miaf", "an AVIF image")]
    [DataRow("avis", "msf1", "an AVIF image")]
    [DataRow("mif1", "miaf avif", "an AVIF image")]
    [DataRow("mif1", "", "an HEIF image")]
    [DataRow("crx ", "", "a raw photograph (CR3)")]
    [DataRow("isom", "mp42", "brand 'isom'")]
    public void Decode_IsoMediaFile_IsNamedByItsBrands(string major, string others, string expected)
    {
        byte[] brands = [.. Encoding.ASCII.GetBytes(major), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(others.Replace(" ", ""))];
        AssertIsNamed([0, 0, 0, (byte)(8 + brands.Length), .. "ftyp"u8, .. brands, 0, 0, 0, 8, .. "mdat"u8], expected);
    }

    [TestMethod]
    [DataRow(new byte[] { 0xFF, 0x0A, 1, 2 }, "a JPEG XL image")]
    [DataRow(new byte[] { 0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20, 13, 10, 0x87, 10 }, "a JPEG XL image")]
    [DataRow(new byte[] { 0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 13, 10, 0x87, 10 }, "a JPEG 2000 image")]
    [DataRow(new byte[] { 0xFF, 0x4F, 0xFF, 0x51, 0 }, "a JPEG 2000 image")]
    [DataRow(new byte[] { 0x76, 0x2F, 0x31, 0x01, 2 }, "an OpenEXR image")]
    [DataRow(new byte[] { 0, 0, 1, 0, 1, 0 }, "an icon (ICO)")]
    public void Decode_OtherFormat_IsNamed(byte[] file, string expected) => AssertIsNamed(file, expected);

    [TestMethod]
    [DataRow("8BPS\0\u0001", "a Photoshop document")]
    [DataRow("%PDF-1.7", "a PDF document")]
    [DataRow("<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing")]
    [DataRow("<?xml version='1.0'?>\n<!-- a -->\n<svg/>", "an SVG drawing")]
    [DataRow("\n<!DOCTYPE html><html>", "a web page")]
    [DataRow("P5\n3 2\n255\n", "a PBM, PGM or PPM image")]
    [DataRow("version https://git-lfs.github.com/spec/v1\n", "git lfs pull")]
    public void Decode_DocumentOrText_IsNamed(string file, string expected) =>
        AssertIsNamed(Encoding.Latin1.GetBytes(file), expected);

    [TestMethod]
    public void Read_MaskOfALossyFormat_IsNamed()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => LabelImageReader.Read(PillowFiles.GrayJpeg, "mask.png"));

        StringAssert.Contains(error.Message, "is a JPEG image");
    }

    private static void AssertIsNamed(byte[] file, string expected)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => ImageDecoder.Decode(file, "photo.jpg"));

        StringAssert.Contains(error.Message, "photo.jpg");
        StringAssert.Contains(error.Message, expected);
        StringAssert.Contains(error.Message, "Convert it");
    }
}

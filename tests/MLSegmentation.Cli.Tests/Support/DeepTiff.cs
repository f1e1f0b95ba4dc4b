using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Cli.Tests;

/// <summary>Writes gray images of 16 bits.</summary>
internal static class DeepTiff
{
    public static void Write(string path, int width, int height, Func<int, int, ushort> value)
    {
        using Tiff tiff = Tiff.Open(path, "wl");
        tiff.SetField(TiffTag.IMAGEWIDTH, width);
        tiff.SetField(TiffTag.IMAGELENGTH, height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, 16);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.ROWSPERSTRIP, height);
        byte[] samples =
            [.. Enumerable.Range(0, width * height).SelectMany(i => BitConverter.GetBytes(value(i % width, i / width)))];
        tiff.WriteEncodedStrip(0, samples, samples.Length);
    }
}

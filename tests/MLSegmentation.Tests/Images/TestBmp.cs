namespace MLSegmentation.Tests;

/// <summary>Builds BMP files (BITMAPINFOHEADER).</summary>
internal static class TestBmp
{
    /// <summary>A BMP of 24 bits from RGB bytes, row by row; the file has the last row first.</summary>
    public static byte[] Rgb24(int width, int height, byte[] rgb)
    {
        int rowBytes = ((3 * width) + 3) / 4 * 4;
        var data = new byte[rowBytes * height];
        for (int i = 0; i < width * height; i++)
        {
            int at = ((height - 1 - (i / width)) * rowBytes) + (3 * (i % width));
            (data[at], data[at + 1], data[at + 2]) = (rgb[(3 * i) + 2], rgb[(3 * i) + 1], rgb[3 * i]);
        }
        return Build(width, height, 24, 0, data);
    }

    public static byte[] Build(int width, int height, short bits, int compression, byte[] data, params int[] palette)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        int offset = 54 + (4 * palette.Length);
        writer.Write("BM"u8);
        foreach (int value in new[] { offset + data.Length, 0, offset, 40, width, height }) writer.Write(value);
        writer.Write((short)1);
        writer.Write(bits);
        foreach (int value in new[] { compression, data.Length, 0, 0, palette.Length, 0 }) writer.Write(value);
        foreach (int colour in palette) writer.Write(colour);
        writer.Write(data);
        return stream.ToArray();
    }
}

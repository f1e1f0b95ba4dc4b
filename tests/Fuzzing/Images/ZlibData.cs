using System.IO.Compression;

namespace Fuzzing.Images;

/// <summary>Zlib streams (RFC 1950), whose header may ask for what is not there.</summary>
internal static class ZlibData
{
    private const int CheckMultiple = 31;

    public static byte[] Compress(FuzzRandom random, byte[] content)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(
            target, random.Pick(CompressionLevel.Fastest, CompressionLevel.NoCompression), leaveOpen: true))
            zlib.Write(content);
        byte[] data = target.ToArray();

        // Another window or method, or a dictionary, in a header whose check is right.
        if (data.Length > 1 && random.Below(200) == 0)
        {
            int header = (random.Pick(0x08, 0x18, 0x78, 0x88, 0x77, 0x79) << 8) | random.Byte();
            header += CheckMultiple - (header % CheckMultiple);
            (data[0], data[1]) = ((byte)(header >> 8), (byte)header);
        }
        return data;
    }
}

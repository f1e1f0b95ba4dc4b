using System.Buffers.Binary;
using System.IO.Compression;

namespace MLSegmentation.Cli.Tests;

/// <summary>Writes files in MNIST's format.</summary>
internal static class IdxFile
{
    /// <summary>Square images of one gray value each: 0, 10, 20 and so on.</summary>
    public static void Write(string path, int count, int size)
    {
        Span<byte> header = stackalloc byte[16];
        int[] values = [0x00000803, count, size, size];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header[(4 * i)..], values[i]);
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(header);
        for (int i = 0; i < count; i++) stream.Write([.. Enumerable.Repeat((byte)(10 * i), size * size)]);
    }
}

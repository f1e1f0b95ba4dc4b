using System.IO.Compression;
using System.Runtime.InteropServices;

namespace MLSegmentation.Cli;

/// <summary>Keeps masks on the disk, compressed, and gives any of them back. The file is gone when this is disposed of.</summary>
/// <param name="path">The file; what was there is replaced.</param>
internal sealed class MaskStore(string path) : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly FileStream _file = new(
        path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.DeleteOnClose);
    private readonly List<(long Start, int Pixels)> _masks = [];

    /// <summary>Adds a mask behind those before it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(ReadOnlySpan<uint> mask)
    {
        _file.Seek(0, SeekOrigin.End);
        _masks.Add((_file.Position, mask.Length));
        using var compressed = new DeflateStream(_file, CompressionLevel.Fastest, leaveOpen: true);
        compressed.Write(MemoryMarshal.AsBytes(mask));
    }

    /// <summary>The mask that was added as that one, counted from 0.</summary>
    public uint[] Read(int index)
    {
        var (start, pixels) = _masks[index];
        _file.Position = start;
        var mask = new uint[pixels];
        using var compressed = new DeflateStream(_file, CompressionMode.Decompress, leaveOpen: true);
        compressed.ReadExactly(MemoryMarshal.AsBytes(mask.AsSpan()));
        return mask;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

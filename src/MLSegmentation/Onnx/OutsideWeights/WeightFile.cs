using Microsoft.Win32.SafeHandles;

namespace MLSegmentation;

/// <summary>A file with weights of a model.</summary>
/// <param name="Path">Its path, without links.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record WeightFile(string Path, long Length)
{
    /// <summary>Reads bytes of the file.</summary>
    /// <param name="target">The bytes.</param>
    /// <param name="offset">Where they begin in the file.</param>
    /// <returns>False where it has fewer by now.</returns>
    public bool TryRead(Span<byte> target, long offset)
    {
        using SafeFileHandle file = File.OpenHandle(Path, share: FileShare.ReadWrite | FileShare.Delete);
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(file, target, offset);
            if (read == 0) return false;
            target = target[read..];
            offset += read;
        }
        return true;
    }
}

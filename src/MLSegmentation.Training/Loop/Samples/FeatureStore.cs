using System.IO.MemoryMappedFiles;

namespace MLSegmentation.Training;

/// <summary>
/// Arrays of one length by their number: in memory as far as the memory given reaches, the others in a memory-mapped file in the
/// cache folder, which goes with the process, however that ends.
/// </summary>
internal sealed class FeatureStore : IDisposable
{
    private readonly float[]?[] _inMemory;
    private readonly bool[] _isWritten;
    private readonly long _slotBytes;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    /// <summary>A store for so many arrays.</summary>
    /// <param name="slots">The number of arrays.</param>
    /// <param name="length">The length of each.</param>
    /// <param name="memory">Bytes that they may take in memory.</param>
    /// <exception cref="IOException">The disk has no room for the others.</exception>
    public FeatureStore(int slots, int length, long memory)
    {
        _slotBytes = (long)length * sizeof(float);
        int held = (int)Math.Clamp(memory / _slotBytes, 0, slots);
        (_inMemory, _isWritten) = (new float[]?[held], new bool[slots]);
        if (held == slots) return;
        Directory.CreateDirectory(CacheFolder.FullPath);
        // All of its room is taken now: a full disk would end the process when a mapped page is written.
        long bytes = (slots - held) * _slotBytes;
        string path = Path.Combine(CacheFolder.FullPath, $"features-{Guid.NewGuid():N}.tmp");
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = bytes,
        });
        // Windows deletes the file of a process that was killed; elsewhere one without a name is freed when the last that holds
        // it ends.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        _file = MemoryMappedFile.CreateFromFile(
            stream, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, bytes);
    }

    /// <summary>Reads an array, if it was written.</summary>
    public bool TryRead(int slot, Span<float> values)
    {
        if (!_isWritten[slot]) return false;
        if (slot < _inMemory.Length) _inMemory[slot].CopyTo(values);
        else _view!.SafeMemoryMappedViewHandle.ReadSpan(Offset(slot), values);
        return true;
    }

    /// <summary>Writes an array.</summary>
    public void Write(int slot, ReadOnlySpan<float> values)
    {
        if (slot < _inMemory.Length) _inMemory[slot] = values.ToArray();
        else _view!.SafeMemoryMappedViewHandle.WriteSpan(Offset(slot), values);
        _isWritten[slot] = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }

    private ulong Offset(int slot) => (ulong)((slot - _inMemory.Length) * _slotBytes);
}

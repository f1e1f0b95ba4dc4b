using System.IO.MemoryMappedFiles;

namespace Fuzzing.Running;

/// <summary>How far a worker is, in memory that outlives it: a crash leaves no time to say so.</summary>
internal sealed class WorkerState : IDisposable
{
    private const int Fields = 3;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public WorkerState(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Fields * sizeof(long));
        _view = _file.CreateViewAccessor();
    }

    /// <summary>The case that is read now.</summary>
    public long Case { get => Get(0); set => Set(0, value); }

    /// <summary>Files that were taken.</summary>
    public long Taken { get => Get(1); set => Set(1, value); }

    /// <summary>Files that were refused as documented.</summary>
    public long Refused { get => Get(2); set => Set(2, value); }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private long Get(int field) => _view.ReadInt64(field * sizeof(long));

    private void Set(int field, long value) => _view.Write(field * sizeof(long), value);
}

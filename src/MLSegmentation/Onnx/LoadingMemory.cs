using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLSegmentation;

/// <summary>
/// The memory that loading a model took and that nobody needs any more: its bytes, and what ONNX Runtime made of them on the way.
/// </summary>
internal static partial class LoadingMemory
{
    private const long SmallModel = 1 << 20, SmallHeap = 128 << 20, CopiesOnHeap = 2;

    private static readonly bool _hasTrim =
        OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad("libc.so.6", out nint libc) && NativeLibrary.TryGetExport(libc, "malloc_trim", out _);

    /// <summary>
    /// Loads a model from its bytes and gives what that took back to the operating system. Large arrays are otherwise left until
    /// as many more were made, and glibc's malloc keeps what was freed amid what is in use: twice the size of a model's weights.
    /// </summary>
    /// <param name="read">Reads the model's bytes.</param>
    /// <param name="load">Makes of them what is to stay, which does not refer to them.</param>
    public static T Load<T>(Func<byte[]> read, Func<byte[], T> load)
    {
        T loaded = Load(read, load, out long bytes);
        Release(bytes);
        return loaded;
    }

    // Not inlined: nothing outside of it refers to the bytes, so that they can be collected.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T Load<T>(Func<byte[]> read, Func<byte[], T> load, out long bytes)
    {
        byte[] model = read();
        bytes = model.Length;
        return load(model);
    }

    private static void Release(long modelBytes)
    {
        // Of a small model there is nothing worth the time.
        if (modelBytes < SmallModel) return;

        // All threads wait for the collection: milliseconds where little else is on the heap. Where much is, it goes on in the
        // background.
        bool waits = GC.GetTotalMemory(forceFullCollection: false) < SmallHeap + (CopiesOnHeap * modelBytes);
        GC.Collect(
            GC.MaxGeneration, waits ? GCCollectionMode.Aggressive : GCCollectionMode.Forced, blocking: waits, compacting: waits);
        if (_hasTrim) _ = MallocTrim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint left);
}

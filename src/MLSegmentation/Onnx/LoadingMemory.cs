using System.Runtime.InteropServices;

namespace MLSegmentation.Onnx;

/// <summary>The memory that loading a model took and that nobody needs any more: its bytes, and what ONNX Runtime made of them on the way.</summary>
internal static partial class LoadingMemory
{
    private const long SmallModel = 1 << 20, SmallHeap = 128 << 20, CopiesOnHeap = 2;

    private static readonly bool _hasTrim =
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint libc) && NativeLibrary.TryGetExport(libc, "malloc_trim", out _);

    /// <summary>
    /// Gives it back to the operating system. Large arrays are otherwise left until as many more were made, and glibc's malloc keeps what was
    /// freed amid what is in use: twice the size of a model's weights. Called from where nothing refers to the model's bytes any more.
    /// </summary>
    /// <param name="modelBytes">The size of the model that was loaded; below 1 MiB there is nothing worth the time.</param>
    public static void Release(long modelBytes)
    {
        if (modelBytes < SmallModel) return;

        // All threads wait for the collection: milliseconds where little else is on the heap. Where much is, it goes on in the background.
        bool waits = GC.GetTotalMemory(forceFullCollection: false) < SmallHeap + (CopiesOnHeap * modelBytes);
        GC.Collect(GC.MaxGeneration, waits ? GCCollectionMode.Aggressive : GCCollectionMode.Forced, blocking: waits, compacting: waits);
        if (_hasTrim) _ = MallocTrim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint left);
}

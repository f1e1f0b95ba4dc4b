using System.Runtime.InteropServices;

namespace MLSegmentation.Training;

/// <summary>Settings of the whole process that a training may gain by. They stay until the process ends.</summary>
public static class ProcessTuning
{
    // The parameters' numbers in glibc's malloc.h.
    private const int TrimThreshold = -1, TopPad = -2, MmapMax = -4, ArenaMax = -8;
    private const int TopPadBytes = 64 << 20;

    /// <summary>
    /// Lets glibc's malloc keep memory that was freed. By default it asks the kernel for every large array and hands it back. So
    /// the kernel maps and zeroes the pages of the feature maps anew in each training step. With this, arrays of any size come
    /// from the heap, which grows by at least 64 MB at a time and never shrinks. The process holds its peak of memory to its end.
    /// </summary>
    /// <returns>
    /// Whether it was done: true with glibc; false, and nothing is changed, on other systems and with other C libraries.
    /// </returns>
    /// <remarks>
    /// Call it before the training; again, it changes nothing more. All threads share the one heap that can grow. The heaps that
    /// glibc makes for other threads hold at most 64 MB, and larger arrays would be mapped as before. Source: mallopt(3) with
    /// M_ARENA_MAX 1, M_MMAP_MAX 0, M_TRIM_THRESHOLD and M_TOP_PAD.
    /// </remarks>
    public static unsafe bool KeepFreedMemory()
    {
        // musl answers to another file name, or has no such functions.
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out nint libc)) return false;
        if (!NativeLibrary.TryGetExport(libc, "gnu_get_libc_version", out _)) return false;
        if (!NativeLibrary.TryGetExport(libc, "mallopt", out nint address)) return false;
        var mallopt = (delegate* unmanaged<int, int, int>)address;
        return mallopt(ArenaMax, 1) != 0
            && mallopt(MmapMax, 0) != 0 && mallopt(TrimThreshold, int.MaxValue) != 0 && mallopt(TopPad, TopPadBytes) != 0;
    }
}

using System.Buffers;
using System.Runtime.InteropServices;

namespace Fuzzing;

/// <summary>
/// Fills memory that is about to be handed out with a value: a reader that shows memory which it never wrote gives another result
/// with another value.
/// </summary>
internal static partial class DirtyMemory
{
    private const int SmallestBytes = 16, ArraysOfASize = 2, LargestBytes = 1 << 22, PerturbOption = -6;

    /// <summary>Fills what malloc gives from now on, and the pool's arrays of up to that many bytes, 4 MB at most.</summary>
    public static void Fill(byte value, int bytes)
    {
        // glibc only, and only where its caches are off (GLIBC_TUNABLES): see Worker.
        if (OperatingSystem.IsLinux()) _ = SetMallocOption(PerturbOption, value);
        var arrays = new byte[ArraysOfASize][];
        for (int size = SmallestBytes; size < 2 * (long)bytes && size <= LargestBytes; size *= 2)
        {
            for (int i = 0; i < arrays.Length; i++)
            {
                arrays[i] = ArrayPool<byte>.Shared.Rent(size);
                arrays[i].AsSpan().Fill(value);
            }
            foreach (byte[] array in arrays) ArrayPool<byte>.Shared.Return(array);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int option, int value);
}

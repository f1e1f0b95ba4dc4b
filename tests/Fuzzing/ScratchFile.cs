namespace Fuzzing;

/// <summary>Files for readers that take a path; in memory where the machine has such a folder.</summary>
internal static class ScratchFile
{
    private const string MemoryFolder = "/dev/shm";
    private static readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath(),
            $"mlseg-fuzzing-{Environment.ProcessId}")).FullName;

    public static string PathOf(string name) => Path.Combine(_folder, name);

    public static void Clear() => Directory.Delete(_folder, recursive: true);
}

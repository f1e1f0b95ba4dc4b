using System.Runtime.InteropServices;

namespace MLSegmentation;

/// <summary>
/// Tells files that hold bytes from pipes, sockets and devices of the same name, which would be waited for without end. Known on
/// Linux; elsewhere everything is taken for a file.
/// </summary>
internal static unsafe partial class SpecialFile
{
    // Of <fcntl.h> and <linux/stat.h>, the same on every processor.
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 1;
    private const int ResultBytes = 256, ModeAt = 28;
    private const int TypeMask = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Socket = 0xC000;

    private static bool _isKnown = OperatingSystem.IsLinux();

    /// <summary>
    /// What a path leads to, such as "a named pipe"; null for a file, a folder and nothing at all. Links are followed.
    /// </summary>
    public static string? Describe(string path) => ReadMode(path) switch
    {
        Pipe => "a named pipe",
        CharacterDevice or BlockDevice => "a device",
        Socket => "a socket",
        _ => null,
    };

    private static int ReadMode(string path)
    {
        if (!_isKnown) return 0;
        byte* result = stackalloc byte[ResultBytes];
        try
        {
            return Statx(CurrentFolder, path, 0, TypeAndMode, result) == 0 ? *(ushort*)(result + ModeAt) & TypeMask : 0;
        }
        catch (EntryPointNotFoundException)
        {
            // The C library is older than this function: glibc 2.28, musl 1.2.5.
            _isKnown = false;
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint wanted, byte* result);
}

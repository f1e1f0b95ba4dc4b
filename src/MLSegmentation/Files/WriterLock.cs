using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MLSegmentation;

/// <summary>
/// Lets one writer at a time write to a file or folder, among all processes and within one. It is a lock of the operating system
/// on a small file (<c>flock</c> on Unix), so that it ends with its process, however that ends. Where a file system has no locks,
/// everybody gets one.
/// </summary>
internal sealed partial class WriterLock : IDisposable
{
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] _sharingViolations = [11, 35, unchecked((int)0x80070020)];
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of something, until it is disposed of.</summary>
    /// <param name="path">The lock's file: its folder exists, and nothing else is in it. It is deleted with the lock.</param>
    /// <param name="subject">What is locked, to begin an error with, such as <c>The folder 'out'</c>.</param>
    /// <exception cref="IOException">Another writer has it, whom the message names, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static WriterLock Take(string path, string subject)
    {
        string holder = Describe();
        while (true)
        {
            FileStream file = Open(path, subject);
            try
            {
                file.SetLength(0);
                file.Write(Encoding.UTF8.GetBytes(holder));

                // Who had the lock before may have deleted the file between its being opened and locked here: then another is in
                // its place.
                if (TryRead(path) == holder) return new WriterLock(file);
                file.Dispose();
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }

    /// <summary>Lets the next one write.</summary>
    public void Dispose()
    {
        try
        {
            // While it is held: nobody else can have another file there.
            File.Delete(_file.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its folder was taken away, or is no longer to be written to: a file that nobody holds is in nobody's way.
        }
        _file.Dispose();
    }

    private static FileStream Open(string path, string subject)
    {
        try
        {
            // Windows' locks keep others from reading, too.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Read | FileShare.Delete : FileShare.None;
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0);
        }
        catch (IOException error) when (_sharingViolations.Contains(error.HResult))
        {
            string who = TryRead(path) is { Length: > 0 } holder
                ? PrintableText.Of(holder.Split('\n')[0], 2 * holder.Length)
                : "another process";
            throw new IOException($"{subject} is being written to by {who}. Wait for its end, or write to another place.", error);
        }
    }

    /// <summary>Who holds a lock: a line to show, and one that no other lock has.</summary>
    private static string Describe()
    {
        string[] arguments = Environment.GetCommandLineArgs();
        string command = PrintableText.Of(
            string.Join(' ', [Path.GetFileNameWithoutExtension(arguments[0]), .. arguments.Skip(1)]));
        return string.Create(
            CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, "
                + $"since {DateTimeOffset.Now:yyyy-MM-dd HH:mm:ss zzz} ({command})\n{Guid.NewGuid()}\n");
    }

    private static string? TryRead(string path)
    {
        try
        {
            using SafeFileHandle handle = OpenRead(path);
            var content = new byte[RandomAccess.GetLength(handle)];
            return Encoding.UTF8.GetString(content, 0, RandomAccess.Read(handle, content, 0));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static SafeFileHandle OpenRead(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // .NET's own would ask for a lock, if a shared one.
        const int ReadOnly = 0;
        int file = OpenUnlocked(path, ReadOnly);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw new IOException($"'{path}' cannot be read.");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenUnlocked(string path, int flags);
}

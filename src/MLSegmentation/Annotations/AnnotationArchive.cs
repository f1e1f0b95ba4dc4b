using System.IO.Compression;

namespace MLSegmentation;

/// <summary>
/// Zips that annotation tools export. What of them may be annotations or images is unpacked into a temporary folder, once for
/// each zip.
/// </summary>
internal static class AnnotationArchive
{
    /// <summary>
    /// Of what a zip may unpack to: this many times its own size, and this much more. Text shrinks to a tenth, and masks of one
    /// value to less; a zip of ten thousand times its size is none that a tool made.
    /// </summary>
    private const long MostTimes = 200, MostMore = 64L << 20;

    private static readonly string[] _texts = [".json", ".xml", ".txt", ".yaml", ".yml", ".csv"];
    private static readonly Dictionary<(string Path, long Length, DateTime Written), string> _unpacked = [];

    /// <summary>Whether a path is a zip.</summary>
    public static bool IsZip(string path)
    {
        if (!File.Exists(path)) return false;
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.StartsWith("PK\x3\x4"u8);
    }

    /// <summary>The folder that a zip is unpacked into.</summary>
    /// <exception cref="InvalidDataException">
    /// It is damaged, too large, or has names that lead out of the folder; nothing of it is left then.
    /// </exception>
    public static string Unpack(string path)
    {
        var file = new FileInfo(path);
        var key = (file.FullName, file.Length, file.LastWriteTimeUtc);
        lock (_unpacked)
        {
            if (_unpacked.TryGetValue(key, out string? done) && Directory.Exists(done)) return done;
            string folder = TemporaryFolder.Create();
            string? fault = "was not unpacked";
            try
            {
                using ZipArchive archive = ZipFile.OpenRead(path);
                fault = Unpack(archive, folder, (MostTimes * file.Length) + MostMore);
            }
            catch (InvalidDataException error)
            {
                fault = $"is damaged: {PrintableText.Of(error.Message.TrimEnd('.'))}";
            }
            finally
            {
                if (fault is not null) Directory.Delete(folder, recursive: true);
            }
            return fault is null ? _unpacked[key] = folder : throw new InvalidDataException(
                $"The zip '{path}' {fault}. Export it anew, or unpack it and give the folder.");
        }
    }

    /// <summary>Unpacks into a folder; what is wrong with the zip, or null.</summary>
    private static string? Unpack(ZipArchive archive, string folder, long most)
    {
        long left = most;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            // Some programs on Windows write backslashes.
            string name = entry.FullName.Replace('\\', '/');
            if (!IsWanted(name)) continue;
            if (!ImageLocator.IsWithin(name)) return $"has the name '{PrintableText.Of(name)}', which leads out of its folder";
            string target = Path.Combine(folder, name);
            if (Directory.Exists(target) || Above(name).Any(above => File.Exists(Path.Combine(folder, above))))
                return $"has '{PrintableText.Of(name)}' where it has a file or folder of that name";
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            left -= Copy(entry, target, left);
            if (left < 0) return $"unpacks to more than {most >> 20} MB, expected at most {MostTimes} times its size";
        }
        return null;
    }

    /// <summary>The folders that a name is in.</summary>
    private static IEnumerable<string> Above(string name) =>
        name.Index().Where(one => one.Item == '/').Select(one => name[..one.Index]);

    private static bool IsWanted(string name) =>
        (SegmentationFolder.IsImage(name) || _texts.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
        && !name.Split('/').Any(part => part == "__MACOSX" || (part.StartsWith('.') && part != ".."));

    /// <summary>Writes an entry, and no more than a piece beyond so many bytes; the entry may say less than it has.</summary>
    private static long Copy(ZipArchiveEntry entry, string target, long most)
    {
        using Stream from = entry.Open();
        using FileStream to = File.Create(target);
        byte[] piece = new byte[1 << 16];
        long copied = 0;
        for (int read; copied <= most && (read = from.Read(piece)) > 0; copied += read) to.Write(piece, 0, read);
        return copied;
    }
}

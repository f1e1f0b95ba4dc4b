using System.IO.Enumeration;

namespace MLSegmentation;

/// <summary>Finds the image files of a folder and its subfolders.</summary>
/// <remarks>
/// Passed over is what nobody means: hidden files and folders, which macOS's <c>._</c> files are too; what archivers and file
/// servers add; pipes, sockets and devices. A link to a folder is followed, but not back to where it is, and none within it, so
/// that links in circles end.
/// </remarks>
internal static class FolderListing
{
    private static readonly string[] _addedFolders = ["__MACOSX", "@eaDir"];

    private static readonly EnumerationOptions _options = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <summary>The files with one of the extensions, in no order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extensions">The extensions, in any case.</param>
    /// <param name="excluded">A folder that is passed over, such as that of the masks; null for none.</param>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static IEnumerable<ListedFile> Find(string folder, IReadOnlyCollection<string> extensions, string? excluded = null)
    {
        string? without = excluded is null ? null : Full(excluded);
        var folders = new Stack<Folder>([new Folder(folder, "", IsLinked: false)]);
        while (folders.TryPop(out Folder? current))
        {
            foreach (var (path, isFolder, isLink) in Enumerate(current.Path))
            {
                string name = Path.GetFileName(path);
                if (!isFolder)
                {
                    if (extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
                        && SpecialFile.Describe(path) is null)
                        yield return new ListedFile(current.Prefix + name, path);
                }
                else if (!_addedFolders.Contains(name)
                    && (without is null || Full(path) != without) && (!isLink || IsFollowed(current, path)))
                {
                    folders.Push(new Folder(path, $"{current.Prefix}{name}/", current.IsLinked || isLink));
                }
            }
        }
    }

    private static IEnumerable<(string Path, bool IsFolder, bool IsLink)> Enumerate(string folder) =>
        new FileSystemEnumerable<(string, bool, bool)>(
            folder,
            (ref FileSystemEntry entry) => (entry.ToSpecifiedFullPath(), entry.IsDirectory,
                entry.IsDirectory && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)), _options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.FileName[0] != '.',
        };

    private static bool IsFollowed(Folder current, string link)
    {
        if (current.IsLinked) return false;
        try
        {
            string target = Full(Directory.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName)
                + Path.DirectorySeparatorChar;
            return !Full(link).StartsWith(target, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private sealed record Folder(string Path, string Prefix, bool IsLinked);
}

namespace MLSegmentation;

/// <summary>
/// Finds annotations: what is given, or the one file or folder that is of a format somewhere in it, as exported archives have it.
/// </summary>
internal static class AnnotationSearch
{
    /// <summary>How many folders deep it looks: an archive may have one around all, and a format another.</summary>
    private const int MostFolders = 3;

    private static readonly string[] _extensions = [".json", ".xml"];

    /// <summary>What is found first from a path on; null where there is nothing.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="formats">The formats that are meant; where two fit, the first.</param>
    /// <exception cref="InvalidDataException">There are several side by side.</exception>
    public static (AnnotationFormat Format, string Path)? Find(string path, IReadOnlyList<AnnotationFormat> formats)
    {
        string[] level = [path];
        for (int depth = 0; depth <= MostFolders; depth++)
        {
            (AnnotationFormat Format, string Path)[] found =
            [
                .. level.Select(one => (Format: formats.FirstOrDefault(format => format.Fits(one)), Path: one))
                    .Where(one => one.Format is not null)!,
            ];
            if (found.Length == 1) return found[0];
            if (found.Length > 1)
            {
                throw new InvalidDataException(
                    $"In '{path}' there are {found.Length} annotations: "
                    + $"{SegmentationFolder.Text([.. found.Select(one => Path.GetRelativePath(path, one.Path))])}. Give one of "
                    + "them.");
            }
            level = [.. level.Where(Directory.Exists).SelectMany(Within).Order(StringComparer.Ordinal)];
        }
        return null;
    }

    /// <summary>The folders and files of a folder that may be annotations, but for hidden ones and what archivers add.</summary>
    private static IEnumerable<string> Within(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions()).Where(one => Directory.Exists(one)
            ? Path.GetFileName(one) != "__MACOSX"
            : _extensions.Contains(Path.GetExtension(one), StringComparer.OrdinalIgnoreCase)
                && SpecialFile.Describe(one) is null);
}

namespace MLSegmentation;

/// <summary>Where a path leads once each link on the way is followed, also those that stand for folders.</summary>
internal static class RealPath
{
    // As on Linux (path_resolution(7)).
    private const int MostLinks = 40;

    /// <summary>The path without links; null where they go on without end.</summary>
    /// <param name="path">A path of a file or folder, which need not be there.</param>
    public static string? Find(string path)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        Stack<string> rest = [];
        Push(rest, full[real.Length..]);
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            string next = Path.Join(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks) return null;
            if (Path.IsPathRooted(target))
            {
                target = Path.GetFullPath(target, real);
                real = Path.GetPathRoot(target)!;
                target = target[real.Length..];
            }
            Push(rest, target);
        }
        return real;
    }

    private static void Push(Stack<string> rest, string path)
    {
        string[] names = path.Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        foreach (string name in names.Reverse().Where(name => name != ".")) rest.Push(name);
    }
}

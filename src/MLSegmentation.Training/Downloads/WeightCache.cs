namespace MLSegmentation.Training;

/// <summary>The weight files that are on this machine.</summary>
public static class WeightCache
{
    /// <summary>
    /// Where they are: the folder <c>weights</c> in the one that the environment variable <c>MLSEG_HOME</c> names. Without the
    /// variable it is in <c>mlseg</c> in the platform's cache folder, such as <c>~/.cache</c> on Linux. The folder need not
    /// exist.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither <c>MLSEG_HOME</c> nor a home folder is set.</exception>
    public static string Folder => Path.Combine(CacheFolder.FullPath, "weights");

    /// <summary>The path that a file of the catalogue has in the cache, whether it is there or not.</summary>
    /// <exception cref="InvalidOperationException">There is no cache folder.</exception>
    internal static string PathOf(PublishedWeights file) => Path.Combine(Folder, file.FileName);

    /// <summary>The path of a weight file that is on this machine. Nothing is downloaded.</summary>
    /// <param name="nameOrPath">
    /// A name that <c>mlseg weights list</c> shows, such as <c>vgg16</c>, or the path of any file.
    /// </param>
    /// <exception cref="FileNotFoundException">
    /// The file is not in the cache, or there is neither such a name nor such a file.
    /// </exception>
    /// <exception cref="InvalidDataException">The file in the cache has another length than the official one.</exception>
    /// <exception cref="InvalidOperationException">There is no cache folder.</exception>
    public static string Find(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (WeightCatalogue.All.FirstOrDefault(file => file.Name == nameOrPath) is { } file) return Find(file);
        if (File.Exists(nameOrPath)) return nameOrPath;
        string names = string.Join(", ", WeightCatalogue.All.Select(other => other.Name));
        throw new FileNotFoundException(
            $"There is no weight file '{nameOrPath}', expected a path or one of: {names}.", nameOrPath);
    }

    private static string Find(PublishedWeights file)
    {
        var found = new FileInfo(PathOf(file));
        if (!found.Exists)
        {
            throw new FileNotFoundException(
                $"The weights '{file.Name}' are not on this machine: there is no '{found.FullName}'. "
                + $"Run 'mlseg weights get {file.Name}', or give the path of a file.", found.FullName);
        }

        // The content was proven when the file got its name; a length is what is cheap to look at each time.
        if (found.Length != file.Size)
        {
            throw new InvalidDataException(
                $"'{found.FullName}' has {found.Length} bytes, expected {file.Size}. "
                + $"Run 'mlseg weights get {file.Name}' to replace it.");
        }
        return found.FullName;
    }
}

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
    /// <remarks>
    /// <c>resnet18-imagenet</c> is looked for beside the application, as <c>DnnImageModels/ResNet18Onnx/ResNet18.onnx</c>, in
    /// <see cref="Folder"/>, and in NuGet's folder of packages: <c>NUGET_PACKAGES</c>, else <c>~/.nuget/packages</c>.
    /// </remarks>
    /// <exception cref="FileNotFoundException">
    /// The file is not on this machine, or there is neither such a name nor such a file.
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
        if (FoundWeights.Of(file) is { } found) return found.Path;
        var kept = new FileInfo(PathOf(file));
        if (kept.Exists)
        {
            throw new InvalidDataException(
                $"'{kept.FullName}' has {kept.Length} bytes, expected {file.Size}. "
                + $"Run 'mlseg weights get {file.Name}' to replace it.");
        }
        string places = string.Join(", ", FoundWeights.Places(file).Select(place => $"'{place.Path}'"));
        string package = file.Package is { } packaged ? $", reference the package {packaged.Package} {packaged.Version}" : "";
        throw new FileNotFoundException(
            $"The weights '{file.Name}' are not on this machine: there is no {places}. "
            + $"Run 'mlseg weights get {file.Name}'{package}, or give the path of a file.", kept.FullName);
    }
}

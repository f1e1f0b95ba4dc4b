namespace MLSegmentation.Training;

/// <summary>A weight file that is on this machine and has the right length.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Place">Where that is.</param>
internal sealed record FoundWeights(string Path, WeightPlace Place)
{
    /// <summary>
    /// Looks beside the application, then in the cache, then in NuGet's folder; null where the file is nowhere.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no cache folder, and it is not beside the application.</exception>
    public static FoundWeights? Of(PublishedWeights file)
    {
        // By its length alone: the content was proven when the file came there, by this project or by NuGet.
        static bool IsThere(string path, long length) => new FileInfo(path) is { Exists: true } info && info.Length == length;
        return Places(file).FirstOrDefault(place => IsThere(place.Path, file.Size));
    }

    /// <summary>The places where a file may be, in the order in which they are looked at.</summary>
    public static IEnumerable<FoundWeights> Places(PublishedWeights file)
    {
        if (file.Package is { } first) yield return new FoundWeights(first.InApplication, WeightPlace.Application);
        yield return new FoundWeights(WeightCache.PathOf(file), WeightPlace.Cache);
        if (file.Package is { } last) yield return new FoundWeights(last.InNuGet, WeightPlace.NuGet);
    }
}

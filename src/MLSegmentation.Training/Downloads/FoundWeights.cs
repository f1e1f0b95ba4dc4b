using System.Security.Cryptography;

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
        // By its length alone, so that many can be listed: whoever opens it asks for more.
        static bool IsThere(string path, long length) => new FileInfo(path) is { Exists: true } info && info.Length == length;
        return Places(file).FirstOrDefault(place => IsThere(place.Path, file.Size));
    }

    /// <summary>Refuses a file that is to be one of the catalogue and has another content.</summary>
    /// <param name="name">What it is called; a name that the catalogue does not have says nothing of the content.</param>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InvalidDataException">Its SHA-256 is another.</exception>
    public static void RequireRight(string name, string path)
    {
        if (WeightCatalogue.All.FirstOrDefault(one => one.Name == name) is not { } file) return;
        using FileStream stream = File.OpenRead(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (hash == file.Sha256) return;
        throw new InvalidDataException(
            $"'{path}' has the SHA-256 {hash}, the weights '{name}' have {file.Sha256}: it is damaged, or another file. "
            + $"Delete it, and run 'mlseg weights get {name}'.");
    }

    /// <summary>The places where a file may be, in the order in which they are looked at.</summary>
    public static IEnumerable<FoundWeights> Places(PublishedWeights file)
    {
        if (file.Package is { } first) yield return new FoundWeights(first.InApplication, WeightPlace.Application);
        yield return new FoundWeights(WeightCache.PathOf(file), WeightPlace.Cache);
        if (file.Package is { } last) yield return new FoundWeights(last.InNuGet, WeightPlace.NuGet);
    }
}

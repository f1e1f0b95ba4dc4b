using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>A folder that is gone after the test, and what tests put into it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlseg-test-");

    public string this[params string[] path] => Path.Combine([_folder.FullName, .. path]);

    public string Images => this["images"];

    public string Masks => this["masks"];

    /// <summary>Copies the first images of the sample set and their masks.</summary>
    public TestFolder WithSamples(int count)
    {
        Directory.CreateDirectory(Images);
        Directory.CreateDirectory(Masks);
        string set = Path.Combine(SharedData.Repository, "data", "surfaces");
        for (int i = 0; i < count; i++)
        {
            File.Copy(Path.Combine(set, "images", $"surface_{i:000}.jpg"), this["images", $"surface_{i:000}.jpg"]);
            File.Copy(Path.Combine(set, "masks", $"surface_{i:000}.png"), this["masks", $"surface_{i:000}.png"]);
        }
        return this;
    }

    /// <summary>Writes a text file.</summary>
    public string Write(string name, params string[] lines)
    {
        File.WriteAllLines(this[name], lines);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

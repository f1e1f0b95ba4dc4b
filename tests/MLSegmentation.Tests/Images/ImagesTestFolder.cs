namespace MLSegmentation.Tests;

/// <summary>A folder of one test, deleted after it.</summary>
internal sealed class ImagesTestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("mlsegmentation-images-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string[] FileNames => [.. Directory.GetFiles(_path).Select(file => Path.GetFileName(file)).Order()];

    public string Write(string name, byte[] data)
    {
        File.WriteAllBytes(this[name], data);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}

namespace MLSegmentation.Tests;

/// <summary>A folder with a model of three classes that says nothing itself, and files beside it.</summary>
internal sealed class DescribedFolder : IDisposable
{
    public DescribedFolder() => File.WriteAllBytes(Model, TestGraphs.Foreign());

    public string Path { get; } = Directory.CreateTempSubdirectory("mlsegmentation-test-").FullName;

    public string Model => this["model.onnx"];

    public OnnxModelInfo Info => OnnxModelInfo.FromFile(Model);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public DescribedFolder Processor(string json) => With("preprocessor_config.json", json);

    public DescribedFolder Config(string json) => With("config.json", json);

    public DescribedFolder With(string name, string json)
    {
        File.WriteAllText(this[name], json);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System.Collections.Immutable;

namespace MLSegmentation;

/// <summary>
/// Where a model's bytes are had from, as often as they are needed. Those of a file are read anew each time: beside ONNX
/// Runtime's own copy of the weights, another would double a model's memory.
/// </summary>
internal abstract class OnnxModelSource
{
    private OnnxModelInfo? _info;

    private OnnxModelSource(string name) => Name = name;

    /// <summary>What errors call the model.</summary>
    public string Name { get; }

    /// <summary>What the model says about itself. It is read once, as the content stays what it is.</summary>
    /// <exception cref="FileNotFoundException">The model's file is gone.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, or not one that takes an image.</exception>
    public OnnxModelInfo Info => LazyInitializer.EnsureInitialized(ref _info, () => OnnxModelInfo.Of(this));

    /// <summary>A model in memory.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file, which nobody changes from now on.</param>
    /// <param name="name">What errors call it.</param>
    public static OnnxModelSource Of(byte[] model, string name = "The model") => new InMemory(model, name);

    /// <summary>
    /// A model file, which nobody changes from now on, nor files with its weights; that somebody did is noticed. One that can be
    /// read only once, such as a pipe, is kept in memory.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxModelSource OfFile(string path)
    {
        OnnxModelFile.CheckExists(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.CanSeek) return new InFile(path);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return new InMemory(content.ToArray(), OnnxModelFile.Name(path));
    }

    /// <summary>The model's bytes with all of its weights, not to be changed.</summary>
    /// <exception cref="FileNotFoundException">The model's file is gone.</exception>
    /// <exception cref="InvalidDataException">
    /// A file has another content than it had, or weights in another file cannot be read.
    /// </exception>
    public abstract byte[] Read();

    /// <summary>The model's bytes in an array of the caller's own.</summary>
    /// <exception cref="FileNotFoundException">The model's file is gone.</exception>
    /// <exception cref="InvalidDataException">
    /// A file has another content than it had, or weights in another file cannot be read.
    /// </exception>
    public abstract byte[] ReadCopy();

    /// <summary>The other files that weights are read from, by the model's names for them; none of a model in memory.</summary>
    /// <exception cref="FileNotFoundException">The model's file is gone.</exception>
    /// <exception cref="InvalidDataException">One of them cannot be read.</exception>
    public virtual IReadOnlyDictionary<string, WeightFile> FindWeightFiles() => ImmutableDictionary<string, WeightFile>.Empty;

    private sealed class InMemory(byte[] model, string name) : OnnxModelSource(name)
    {
        public override byte[] Read() => model;

        public override byte[] ReadCopy() => [.. model];
    }

    private sealed class InFile(string path) : OnnxModelSource(OnnxModelFile.Name(path))
    {
        // The current folder may be another one by the time the file is read.
        private readonly string _fullPath = Path.GetFullPath(path);
        private Content? _first;

        public override byte[] ReadCopy() => Read();

        public override IReadOnlyDictionary<string, WeightFile> FindWeightFiles()
        {
            OnnxModelFile.CheckExists(_fullPath);
            return OutsideWeights.FilesOf(File.ReadAllBytes(_fullPath), _fullPath);
        }

        public override byte[] Read()
        {
            byte[] model = OnnxModelFile.Read(_fullPath);
            var content = new Content(model.Length, Crc32.Of(model));
            Content first = Interlocked.CompareExchange(ref _first, content, null) ?? content;
            return content == first ? model : throw new InvalidDataException(
                $"{Name} has another content than when it was opened, or so has a file of its weights or description. Put the "
                + "file back, or open the new one; a model given as bytes needs no file.");
        }

        private sealed record Content(int Length, uint Checksum);
    }
}

using Microsoft.Win32.SafeHandles;

namespace MLSegmentation.Onnx;

/// <summary>
/// Where a model's bytes are had from, as often as they are needed. Those of a file are read anew each time: beside ONNX Runtime's own copy of
/// the weights, another would double a model's memory.
/// </summary>
internal abstract class OnnxModelSource
{
    private OnnxModelSource(string name) => Name = name;

    /// <summary>What errors call the model.</summary>
    public string Name { get; }

    /// <summary>A model in memory.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file, which nobody changes from now on.</param>
    /// <param name="name">What errors call it.</param>
    public static OnnxModelSource Of(byte[] model, string name = "The model") => new InMemory(model, name);

    /// <summary>A model file. It is held open, so that it may be deleted or replaced by another.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxModelSource OfFile(string path) => new InFile(path);

    /// <summary>How many bytes the model has.</summary>
    public abstract long Length { get; }

    /// <summary>The model's bytes, not to be changed.</summary>
    /// <exception cref="InvalidDataException">The model's file was overwritten.</exception>
    public abstract byte[] Read();

    /// <summary>The model's bytes in an array of the caller's own.</summary>
    /// <exception cref="InvalidDataException">The model's file was overwritten.</exception>
    public abstract byte[] ReadCopy();

    private sealed class InMemory(byte[] model, string name) : OnnxModelSource(name)
    {
        public override long Length => model.Length;

        public override byte[] Read() => model;

        public override byte[] ReadCopy() => [.. model];
    }

    private sealed class InFile : OnnxModelSource
    {
        private readonly string _path;
        private readonly SafeFileHandle _file;
        private readonly (long Length, DateTime Written) _opened;

        public InFile(string path)
            : base(OnnxModelFile.Name(path))
        {
            OnnxModelFile.CheckExists(path);
            _path = path;
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            _opened = State;
        }

        public override long Length => _opened.Length;

        public override byte[] ReadCopy() => Read();

        public override byte[] Read()
        {
            if (Length > Array.MaxLength) throw new InvalidDataException($"{Name} has {Length:N0} bytes, expected less than 2 GB as of every ONNX model.");
            var model = new byte[Length];
            for (int count = 0, read = -1; count < model.Length && read != 0; count += read) read = RandomAccess.Read(_file, model.AsSpan(count), count);
            return State == _opened ? model : throw Overwritten();
        }

        private (long Length, DateTime Written) State => (RandomAccess.GetLength(_file), File.GetLastWriteTimeUtc(_file));

        private InvalidDataException Overwritten() => new(
            $"The model file '{_path}' was overwritten while it was in use. Write a new model beside it and rename it, or give the model's bytes instead of its file.");
    }
}

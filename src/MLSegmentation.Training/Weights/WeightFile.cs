namespace MLSegmentation.Training;

/// <summary>
/// A weight file that is open: the names and shapes of its weights. Its form is told by its content. Numbers stay in the file
/// until they are read, so that a large classifier which nobody asks for costs no memory. Nothing in a file is ever run.
/// </summary>
internal sealed class WeightFile : IDisposable
{
    private readonly FileStream _stream;

    private WeightFile(string path, FileStream stream)
    {
        (Path, _stream) = (path, stream);
        (Form, Weights) = List(stream);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What kind of file it is.</summary>
    public WeightForm Form { get; }

    /// <summary>What is in it.</summary>
    public IReadOnlyList<StoredWeight> Weights { get; }

    /// <summary>Opens a file and checks that all it promises is there.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is truncated, damaged, of another kind, or a pickle that names what a list of weights does not need.
    /// </exception>
    public static WeightFile Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return new WeightFile(path, stream);
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (IsOfContent(error)) throw Unreadable(path, error);
            throw;
        }
    }

    /// <summary>Reads the numbers of one of its weights.</summary>
    /// <exception cref="InvalidDataException">They are not what the file promised.</exception>
    public void Read(StoredWeight weight, Span<float> destination)
    {
        try
        {
            weight.Read(destination);
        }
        catch (Exception error) when (IsOfContent(error))
        {
            throw Unreadable(Path, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static (WeightForm Form, IReadOnlyList<StoredWeight> Weights) List(FileStream stream)
    {
        Span<byte> bytes = stackalloc byte[16];
        ReadOnlySpan<byte> start = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        if (start.IsEmpty) throw new InvalidDataException("it is empty");
        if (KerasReader.Recognizes(start)) return (WeightForm.Keras, KerasReader.Read(stream));
        if (TorchZipReader.Recognizes(start)) return (WeightForm.Torch, TorchZipReader.Read(stream));
        if (TorchLegacyReader.Recognizes(start)) return (WeightForm.Torch, TorchLegacyReader.Read(stream));
        if (SafetensorsReader.Recognizes(start)) return (WeightForm.Safetensors, SafetensorsReader.Read(stream).Weights);
        if (ResNetOnnxReader.Recognizes(start)) return (WeightForm.Onnx, ResNetOnnxReader.Read(stream));
        throw new InvalidDataException(
            $"it begins with {Convert.ToHexStringLower(start)}, which is neither HDF5 (Keras), nor a state dict saved by "
            + "torch.save, nor safetensors, nor ONNX");
    }

    private static bool IsOfContent(Exception error) =>
        error is InvalidDataException or EndOfStreamException or InvalidOperationException or OverflowException;

    private static InvalidDataException Unreadable(string path, Exception error) =>
        new($"The weight file '{path}' cannot be read: {error.Message.TrimEnd('.')}.", error);
}

using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>
/// Makes one whole model of a file that keeps weights in others, as exporters do from 2 GB on, and many always. What reads models
/// need not know of it, and no library opens files that a model names.
/// </summary>
internal sealed class OutsideWeights
{
    // Tensors may share values. A small model must not claim memory by having many read the same ones.
    private const int MostReadings = 2;
    private const long SmallEnough = 64 << 20;

    private readonly byte[] _model;
    private readonly string _source;
    private readonly WeightFolder _folder;

    // By where their content begins in the model: the tensors, and the new lengths of all messages around them.
    private readonly Dictionary<int, OutsideTensor> _tensors = [];
    private readonly Dictionary<int, long> _lengths = [];

    private OutsideWeights(byte[] model, string modelFile) =>
        (_model, _source, _folder) = (model, OnnxModelFile.Name(modelFile), new WeightFolder(modelFile));

    /// <summary>The model with the values of all tensors in it.</summary>
    /// <param name="model">The content of a model file.</param>
    /// <param name="modelFile">Its path.</param>
    /// <returns>
    /// The same array where nothing lies in other files, and where the model is no sound one: opening it says why.
    /// </returns>
    /// <exception cref="InvalidDataException">
    /// Values lie outside of the model's folder, or are not there, not whole, or too many for one array of bytes.
    /// </exception>
    public static byte[] ReadInto(byte[] model, string modelFile)
    {
        if (OnnxStructure.FindFault(model, mayRefer: true) is not null) return model;
        var weights = new OutsideWeights(model, modelFile);
        long length = weights.Measure(0, model.Length, OnnxPart.Model);
        if (weights._tensors.Count == 0) return model;
        weights.Check(length);
        byte[] whole = GC.AllocateUninitializedArray<byte>((int)length);
        var writer = new ProtobufWriter(whole);
        weights.Write(ref writer, 0, model.Length);
        return whole;
    }

    /// <summary>The files that a model keeps weights in, by the locations that it has for them.</summary>
    /// <inheritdoc cref="ReadInto"/>
    public static IReadOnlyDictionary<string, WeightFile> FilesOf(byte[] model, string modelFile)
    {
        var weights = new OutsideWeights(model, modelFile);
        if (OnnxStructure.FindFault(model, mayRefer: true) is null) weights.Measure(0, model.Length, OnnxPart.Model);
        return weights._folder.Files;
    }

    /// <summary>Finds the tensors in a message, and the length that it will have with their values.</summary>
    private long Measure(int start, int length, OnnxPart part)
    {
        ReadOnlySpan<byte> message = _model.AsSpan(start, length);
        OutsideTensor? tensor = part == OnnxPart.Tensor && OutsideTensor.IsIn(message)
            ? OutsideTensor.Read(message, _folder, _source)
            : null;
        bool isChanged = tensor is not null;
        long measured = tensor is null ? 0 : ProtobufWriter.SizeOf(TensorBytes, tensor.Length);
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            if (tensor is not null && IsReplaced(fields.Field)) continue;
            OnnxPart child = fields.HasLength ? OnnxParts.In(part, fields.Field) : OnnxPart.Other;
            int content = start + fields.ContentRange.Start.Value;
            long inner = child == OnnxPart.Other ? 0 : Measure(content, fields.Content.Length, child);
            bool isInnerChanged = _lengths.ContainsKey(content);
            isChanged |= isInnerChanged;
            measured += isInnerChanged
                ? ProtobufWriter.SizeOf(fields.Field, inner)
                : fields.FieldRange.End.Value - fields.FieldRange.Start.Value;
        }
        if (tensor is not null) _tensors.Add(start, tensor);
        if (isChanged) _lengths.Add(start, measured);
        return measured;
    }

    private void Check(long length)
    {
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{_source} has {length:N0} bytes with the weights that it keeps in other files, expected at most "
                + $"{Array.MaxLength:N0}. Export it in half precision or with fewer weights.");
        }
        long read = _tensors.Values.Sum(tensor => (long)tensor.Length);
        if (read > Math.Max(SmallEnough, MostReadings * _folder.Length))
        {
            throw new InvalidDataException(
                $"{_source} reads {read:N0} bytes of weights from other files, which have {_folder.Length:N0} together: many "
                + $"tensors share the same bytes. Expected at most {MostReadings} times as many, or {SmallEnough >> 20} MiB. "
                + "Save it with its weights inside.");
        }
    }

    private void Write(ref ProtobufWriter writer, int start, int length)
    {
        ReadOnlySpan<byte> message = _model.AsSpan(start, length);
        OutsideTensor? tensor = _tensors.GetValueOrDefault(start);
        var fields = new ProtobufReader(message);
        while (fields.Next())
        {
            if (tensor is not null && IsReplaced(fields.Field)) continue;
            int content = start + fields.ContentRange.Start.Value;
            if (!_lengths.TryGetValue(content, out long inner))
            {
                writer.Write(message[fields.FieldRange]);
                continue;
            }
            writer.Begin(fields.Field, inner);
            Write(ref writer, content, fields.Content.Length);
        }
        if (tensor is null) return;
        writer.Begin(TensorBytes, tensor.Length);
        tensor.CopyTo(writer.Take(tensor.Length));
    }

    private static bool IsReplaced(int tensorField) => tensorField is TensorBytes or TensorOutside or TensorLocation;
}

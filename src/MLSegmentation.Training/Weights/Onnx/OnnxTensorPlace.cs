using static MLSegmentation.OnnxFields;

namespace MLSegmentation.Training;

/// <summary>Where the numbers of a tensor of 32-bit floats lie in an ONNX file.</summary>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Offset">The first byte, counted from the file's beginning.</param>
internal sealed record OnnxTensorPlace(long[] Shape, long Offset)
{
    private const int GraphInitializer = 5, TensorFloats = 4, FloatType = 1, MostDimensions = 4;

    /// <summary>The tensors of a model's graph by their names.</summary>
    /// <param name="model">A sound model (<see cref="OnnxStructure"/>).</param>
    /// <exception cref="InvalidDataException">
    /// Two have one name; or one holds other numbers, or fewer or more than its shape.
    /// </exception>
    public static IReadOnlyDictionary<string, OnnxTensorPlace> InGraph(ReadOnlySpan<byte> model)
    {
        var places = new Dictionary<string, OnnxTensorPlace>();
        Range graph = GraphOf(model);
        var fields = new ProtobufReader(model[graph]);
        while (fields.Next())
        {
            if (fields.Field != GraphInitializer) continue;
            string name = TextsOf(fields.Content, TensorName).LastOrDefault("");
            OnnxTensorPlace place = Read(fields.Content, name, graph.Start.Value + fields.ContentRange.Start.Value);
            if (!places.TryAdd(name, place))
                throw new InvalidDataException($"two of its tensors are called '{PrintableText.Of(name)}'");
        }
        return places;
    }

    private static OnnxTensorPlace Read(ReadOnlySpan<byte> tensor, string name, long start)
    {
        long type = NumberOf(tensor, TensorType);
        List<long> shape = [];
        List<Range> numbers = [];
        var fields = new ProtobufReader(tensor);
        while (fields.Next() && shape.Count <= MostDimensions && numbers.Count <= 1)
        {
            if (fields.Field == TensorDimension) OnnxTensorReader.AddIntegers(shape, fields, MostDimensions);
            if (fields.Field is TensorFloats or TensorBytes) numbers.Add(fields.ContentRange);
        }

        // Four sizes of at most 31 bits have a product that 128 bits hold.
        bool isSound = type == FloatType && shape.Count <= MostDimensions && shape.All(size => size is >= 0 and <= int.MaxValue);
        UInt128 needed = isSound ? shape.Aggregate((UInt128)sizeof(float), (product, size) => product * (UInt128)size) : 0;
        if (!isSound || numbers is not [var only] || needed != (UInt128)(only.End.Value - only.Start.Value))
        {
            throw new InvalidDataException(
                $"its tensor '{PrintableText.Of(name)}' (type {type}, {WeightShape.Print([.. shape])}) has its numbers in "
                + $"{Plural.Of(numbers.Count, "piece")}, expected 32-bit floats in one piece, as many as the shape has");
        }
        return new OnnxTensorPlace([.. shape], start + only.Start.Value);
    }
}

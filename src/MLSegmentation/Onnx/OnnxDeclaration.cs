using Microsoft.ML.OnnxRuntime;
using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>What a model declares: its inputs and outputs, and its properties.</summary>
/// <param name="Inputs">The graph's inputs, without those that have a value of their own.</param>
/// <param name="Outputs">The graph's outputs.</param>
/// <param name="Properties">Its <c>metadata_props</c>.</param>
internal sealed record OnnxDeclaration(
    IReadOnlyList<OnnxValueInfo> Inputs, IReadOnlyList<OnnxValueInfo> Outputs, IReadOnlyDictionary<string, string> Properties)
{
    private const int GraphInitializer = 5, GraphSparseInitializer = 15, GraphInput = 11;
    private const int SparseValues = 1;
    private const int ValueType = 2, TypeTensor = 1, TypeDenotation = 6, TensorElement = 1, TensorShape = 2, ShapeDimension = 1,
        DimensionValue = 1, DimensionName = 2;

    /// <summary>What a session of the model says.</summary>
    public static OnnxDeclaration Of(InferenceSession session) =>
        new(Describe(session.InputMetadata), Describe(session.OutputMetadata), session.ModelMetadata.CustomMetadataMap);

    /// <summary>Reads it in the model's bytes.</summary>
    /// <param name="model">A sound model (<see cref="OnnxStructure"/>).</param>
    /// <returns>
    /// Null where types or shapes are left to be inferred from the graph: a session does so.
    /// </returns>
    public static OnnxDeclaration? TryRead(ReadOnlySpan<byte> model)
    {
        List<OnnxValueInfo> inputs = [], outputs = [];
        var constants = new HashSet<string>();
        var graph = new ProtobufReader(model[GraphOf(model)]);
        while (graph.Next())
        {
            if (graph.Field == GraphInitializer) constants.UnionWith(TextsOf(graph.Content, TensorName));
            if (graph.Field == GraphSparseInitializer)
                constants.UnionWith(TextsOf(LastOf(graph.Content, SparseValues), TensorName));
            if (graph.Field is not (GraphInput or GraphOutput)) continue;
            if (TryReadValue(graph.Content) is not { } value) return null;
            if (graph.Field == GraphInput) inputs.Add(value);
            else outputs.Add(value);
        }
        inputs.RemoveAll(input => constants.Contains(input.Name));
        return new OnnxDeclaration(inputs, outputs, ReadProperties(model));
    }

    private static OnnxValueInfo? TryReadValue(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> type = LastOf(value, ValueType), tensor = LastOf(type, TypeTensor);
        (int[] Sizes, string[] Names)? shape = null;
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            if (fields.Field == TensorShape) shape = ReadShape(fields.Content);
        }
        return TextsOf(value, ValueName) is [var name]
            && TypeOf(NumberOf(tensor, TensorElement)) is { } element && shape is { } declared
            ? new OnnxValueInfo(name, element, declared.Sizes) { DimensionNames = declared.Names }
            : null;
    }

    private static (int[] Sizes, string[] Names) ReadShape(ReadOnlySpan<byte> shape)
    {
        var sizes = new List<int>();
        var names = new List<string>();
        var fields = new ProtobufReader(shape);
        while (fields.Next())
        {
            if (fields.Field != ShapeDimension) continue;
            int size = -1;
            var dimension = new ProtobufReader(fields.Content);
            while (dimension.Next())
            {
                if (dimension.Field == DimensionValue) size = (int)Math.Max(-1, (long)dimension.Number);
            }
            sizes.Add(size);
            names.Add(size < 0 ? TextsOf(fields.Content, DimensionName).LastOrDefault("") : "");
        }
        return ([.. sizes], [.. names]);
    }

    private static Dictionary<string, string> ReadProperties(ReadOnlySpan<byte> model)
    {
        var properties = new Dictionary<string, string>();
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            if (fields.Field != ModelProperties) continue;
            properties[TextsOf(fields.Content, EntryKey).LastOrDefault("")] = TextsOf(fields.Content, EntryValue)
                .LastOrDefault("");
        }
        return properties;
    }

    // TensorProto.DataType; those that no image, score or class comes in are left to a session.
    private static Type? TypeOf(long element) => element switch
    {
        1 => typeof(float),
        2 => typeof(byte),
        3 => typeof(sbyte),
        4 => typeof(ushort),
        5 => typeof(short),
        6 => typeof(int),
        7 => typeof(long),
        9 => typeof(bool),
        10 => typeof(Float16),
        11 => typeof(double),
        _ => null,
    };

    private static OnnxValueInfo[] Describe(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        [.. nodes.Select(node => node.Value.IsTensor
            ? new OnnxValueInfo(node.Key, node.Value.ElementType, node.Value.Dimensions)
            {
                DimensionNames = [.. node.Value.Dimensions.Zip(
                    node.Value.SymbolicDimensions, (size, name) => size < 0 ? name : "")],
            }
            : new OnnxValueInfo(node.Key, typeof(object), []))];
}

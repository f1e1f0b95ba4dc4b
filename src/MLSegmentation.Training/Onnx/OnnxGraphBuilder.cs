using System.Runtime.InteropServices;
using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Onnx;

/// <summary>
/// Writes an ONNX graph node by node: operator set 17, IR version 8, names that read well in a viewer
/// (<c>block1_conv1/Conv</c>). Values are known by their names; every method that makes one returns its name.
/// </summary>
public sealed class OnnxGraphBuilder
{
    private const int OperatorSet = 17;
    private const int IrVersion = 8;
    private readonly GraphProto _graph;
    private readonly HashSet<string> _names = [];

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The graph's name in the file.</param>
    public OnnxGraphBuilder(string name) => _graph = new GraphProto { Name = name };

    /// <summary>What the names of the nodes made next begin with: the layer at work. Default empty.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Declares an input of the graph.</summary>
    public string Input(string name, OnnxElementType type, params OnnxDimension[] dimensions)
    {
        name = Unique(name);
        _graph.Input.Add(Describe(name, type, dimensions));
        return name;
    }

    /// <summary>Declares an output of the graph: the given value under a name of its own.</summary>
    public void Output(string name, string value, OnnxElementType type, params OnnxDimension[] dimensions)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = Unique(name), Input = { value }, Output = { name } });
        _graph.Output.Add(Describe(name, type, dimensions));
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The ONNX operator, such as <c>Conv</c>.</param>
    /// <param name="inputs">Names of its inputs; empty for an optional one that is left out.</param>
    /// <param name="attributes">
    /// Its attributes; values are <see cref="long"/>, <see cref="float"/>, <see cref="string"/> or arrays of <see cref="long"/>.
    /// </param>
    /// <returns>The name of the node's output.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        string name = Unique($"{Scope}/{operation}");
        var node = new NodeProto { OpType = operation, Name = name, Output = { name } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes.Select(attribute => OnnxSchema.Attribute(attribute.Name, attribute.Value)));
        _graph.Node.Add(node);
        return name;
    }

    /// <summary>Adds a float tensor that is part of the model: weights, or a constant.</summary>
    /// <param name="name">Its name; made unique where it is taken.</param>
    /// <param name="dimensions">Its shape, row-major.</param>
    /// <param name="values">As many values as the shape holds.</param>
    /// <exception cref="ArgumentException">Shape and number of values differ.</exception>
    public string Initializer(string name, IReadOnlyList<long> dimensions, ReadOnlySpan<float> values) =>
        Initializer(name, OnnxElementType.Float, dimensions, MemoryMarshal.AsBytes(values), values.Length);

    /// <summary>Adds a 64-bit integer tensor that is part of the model, such as an axis list.</summary>
    /// <inheritdoc cref="Initializer(string, IReadOnlyList{long}, ReadOnlySpan{float})"/>
    public string Initializer(string name, IReadOnlyList<long> dimensions, ReadOnlySpan<long> values) =>
        Initializer(name, OnnxElementType.Int64, dimensions, MemoryMarshal.AsBytes(values), values.Length);

    /// <summary>The finished model as the bytes of an <c>.onnx</c> file.</summary>
    /// <param name="metadata">Goes into <c>metadata_props</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// The model would be larger than the 2 GB that one ONNX file can hold.
    /// </exception>
    public byte[] ToModel(IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "MLSegmentation",
            ProducerVersion = typeof(OnnxGraphBuilder).Assembly.GetName().Version!.ToString(3),
            Graph = _graph,
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
        };
        model.MetadataProps.AddRange(
            metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        long weights = _graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);
        if (weights > int.MaxValue - (16L << 20))
        {
            throw new InvalidOperationException(
                $"The network's weights take {weights:N0} bytes, one ONNX file holds less than 2 GB. Make the network narrower.");
        }
        return model.ToByteArray();
    }

    private string Initializer(
        string name, OnnxElementType type, IReadOnlyList<long> dimensions, ReadOnlySpan<byte> raw, int count)
    {
        long expected = dimensions.Aggregate(1L, (product, size) => product * size);
        if (expected != count)
        {
            throw new ArgumentException(
                $"'{name}' has {count} values, its shape [{string.Join(", ", dimensions)}] "
                + $"holds {expected}.", nameof(dimensions));
        }
        name = Unique(name);
        TensorProto tensor = OnnxSchema.Tensor(type, dimensions, raw);
        tensor.Name = name;
        _graph.Initializer.Add(tensor);
        return name;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++) unique = $"{name}_{i}";
        return unique;
    }

    private static ValueInfoProto Describe(string name, OnnxElementType type, OnnxDimension[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (OnnxDimension dimension in dimensions)
        {
            shape.Dim.Add(dimension.Name is { } free
                ? new TensorShapeProto.Types.Dimension { DimParam = free }
                : new TensorShapeProto.Types.Dimension { DimValue = dimension.Size });
        }
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new() { ElemType = (int)type, Shape = shape } },
        };
    }
}

using System.Runtime.InteropServices;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Onnx;

/// <summary>
/// Makes nodes for a graph that somebody else exported, each in the form that the graph's operator set has. What is constant is a
/// node too: before IR version 4, weights had to be inputs.
/// </summary>
/// <param name="names">The graph's names.</param>
/// <param name="scope">What the names of the nodes begin with.</param>
/// <param name="operatorSet">The version of ONNX's operators, 11 or later.</param>
internal sealed class NodeWriter(ValueNames names, string scope, long operatorSet)
{
    // From here on axes are an input, and Softmax is over one axis. Before, it was over all from the given one on together.
    private const int AxesAreInputs = 13;
    private readonly List<NodeProto> _nodes = [];

    /// <summary>The nodes, each behind those that it needs.</summary>
    public IReadOnlyList<NodeProto> Nodes => _nodes;

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The name of its output.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        string name = names.Fresh($"{scope}/{operation}");
        Add(operation, inputs, name, name, attributes);
        return name;
    }

    /// <summary>Gives a value another name.</summary>
    public void Name(string value, string name) => Add("Identity", [value], names.Fresh($"{scope}/{name}"), name, []);

    /// <summary>A tensor of floats.</summary>
    public string Floats(ReadOnlySpan<float> values, params long[] dimensions) =>
        Constant(OnnxElementType.Float, dimensions, MemoryMarshal.AsBytes(values));

    /// <summary>A list of integers.</summary>
    public string Integers(params ReadOnlySpan<long> values) =>
        Constant(OnnxElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values));

    /// <summary>A list of bytes.</summary>
    public string Bytes(ReadOnlySpan<byte> values) => Constant(OnnxElementType.UInt8, [values.Length], values);

    /// <summary>The same values as elements of another type.</summary>
    public string Cast(string value, OnnxElementType type) => Node("Cast", [value], ("to", (long)type));

    /// <summary>The same values with dimensions of 1 put in.</summary>
    public string Unsqueeze(string value, params long[] axes) => operatorSet < AxesAreInputs
        ? Node("Unsqueeze", [value], ("axes", axes))
        : Node("Unsqueeze", [value, Integers(axes)]);

    /// <summary>The same values with dimensions of 1 taken out.</summary>
    public string Squeeze(string value, params long[] axes) => operatorSet < AxesAreInputs
        ? Node("Squeeze", [value], ("axes", axes))
        : Node("Squeeze", [value, Integers(axes)]);

    /// <summary>The softmax over the channels of [N,C,H,W].</summary>
    public string Softmax(string value)
    {
        if (operatorSet >= AxesAreInputs) return Node("Softmax", [value], ("axis", 1L));
        string last = Node("Transpose", [value], ("perm", new long[] { 0, 2, 3, 1 }));
        return Node("Transpose", [Node("Softmax", [last], ("axis", 3L))], ("perm", new long[] { 0, 3, 1, 2 }));
    }

    /// <summary>Planes [N,C,h,w] in the size of an image [N,C,H,W].</summary>
    /// <param name="value">The planes.</param>
    /// <param name="image">The image.</param>
    /// <param name="isNearest">Whether each pixel is taken over from one; else it is interpolated.</param>
    public string Resize(string value, string image, bool isNearest)
    {
        string own = Node("Slice", [Node("Shape", [value]), Integers(0), Integers(2)]),
            size = Node("Slice", [Node("Shape", [image]), Integers(2), Integers(4)]),
            target = Node("Concat", [own, size], ("axis", 0L));

        // What is not given could not be left out at first.
        string none = operatorSet < AxesAreInputs ? Floats([], 0) : "";
        (string, object) coordinates = ("coordinate_transformation_mode", "half_pixel");
        return isNearest
            ? Node("Resize", [value, none, none, target], coordinates, ("mode", "nearest"), ("nearest_mode", "round_prefer_ceil"))
            : Node("Resize", [value, none, none, target], coordinates, ("mode", "linear"));
    }

    private string Constant(OnnxElementType type, IReadOnlyList<long> dimensions, ReadOnlySpan<byte> raw) =>
        Node("Constant", [], ("value", OnnxSchema.Tensor(type, dimensions, raw)));

    private void Add(
        string operation, IReadOnlyList<string> inputs, string name, string output, (string Name, object Value)[] attributes) =>
        _nodes.Add(new NodeProto
        {
            OpType = operation,
            Name = name,
            Input = { inputs },
            Output = { output },
            Attribute = { attributes.Select(attribute => OnnxSchema.Attribute(attribute.Name, attribute.Value)) },
        });
}

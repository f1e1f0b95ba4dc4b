namespace MLSegmentation;

/// <summary>Constants of a graph, and what nodes that change no number make of them.</summary>
internal static class OnnxConstants
{
    private const int MostSteps = 8;

    /// <summary>The value of a node <c>Constant</c>.</summary>
    public static OnnxTensor? Of(OnnxNode constant)
    {
        IReadOnlyDictionary<string, OnnxAttribute> attributes = constant.Attributes;
        if (attributes.TryGetValue("value", out OnnxAttribute? value)) return value.Tensor;
        if (attributes.TryGetValue("value_float", out value)) return new OnnxTensor([], [value.Float]);
        if (attributes.TryGetValue("value_int", out value)) return new OnnxTensor([], [value.Integer]);
        if (attributes.TryGetValue("value_floats", out value)) return new OnnxTensor([value.Floats.Count], value.Floats);
        return attributes.TryGetValue("value_ints", out value)
            ? new OnnxTensor([value.Integers.Count], [.. value.Integers.Select(number => (double)number)])
            : null;
    }

    /// <summary>The numbers of a constant, also of one in another type or shape; null where it is none, or has many.</summary>
    public static IReadOnlyList<double>? NumbersOf(this OnnxGraph graph, string value)
    {
        for (int i = 0; i < MostSteps; i++)
        {
            if (graph.ConstantOf(value) is { } constant) return constant.Numbers;
            if (graph.MakerOf(value) is not { } node) break;
            if (node.Operator is not ("Identity" or "Cast" or "Reshape" or "Squeeze" or "Unsqueeze")) break;
            value = node.Input(0);
        }
        return null;
    }

    /// <summary>The number of a constant of one number; null where it is none.</summary>
    public static double? NumberOf(this OnnxGraph graph, string value) => graph.NumbersOf(value) is [var number] ? number : null;

    /// <summary>
    /// The integers that a node takes as an attribute in older operator sets and as an input in newer ones; null where they are
    /// left out or no constants.
    /// </summary>
    public static IReadOnlyList<long>? IntegersOf(this OnnxGraph graph, OnnxNode node, string attribute, int input)
    {
        if (node.Integers(attribute) is { } integers) return integers;
        return graph.NumbersOf(node.Input(input)) is { } numbers ? [.. numbers.Select(number => (long)number)] : null;
    }

    /// <summary>The shape of a constant, also of one in another type; null where it is none.</summary>
    public static IReadOnlyList<long>? ShapeOf(this OnnxGraph graph, string value)
    {
        IReadOnlyList<long>? order = null;
        for (int i = 0; i < MostSteps; i++)
        {
            if (graph.ConstantOf(value) is { } constant)
            {
                return order is null ? constant.Shape : order.All(axis => axis >= 0 && axis < constant.Shape.Count)
                    ? [.. order.Select(axis => constant.Shape[(int)axis])]
                    : null;
            }
            if (graph.MakerOf(value) is not { } node) break;
            if (node.Operator == "Transpose" && order is null) order = node.Integers("perm") ?? [1, 0];
            else if (node.Operator is not ("Identity" or "Cast" or "DequantizeLinear")) break;
            value = node.Input(0);
        }
        return null;
    }
}

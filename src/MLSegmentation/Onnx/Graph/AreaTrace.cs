namespace MLSegmentation;

/// <summary>Tells the area of values in parts of the image's, by the strides and scales of the nodes between.</summary>
/// <param name="graph">The graph.</param>
/// <param name="image">The input that takes the image.</param>
internal sealed class AreaTrace(OnnxGraph graph, string image)
{
    // Numbers of no area, such as weights and what a global pooling leaves, go with any.
    private const double None = 0, Unknown = double.NaN;
    private const int MostSizeNodes = 64;

    private readonly Dictionary<string, double> _areas = new() { [""] = None };
    private readonly HashSet<string> _done = [""];

    /// <summary>The area of a value; null where the nodes do not tell.</summary>
    public double? Of(string value)
    {
        var open = new Stack<string>([value]);
        while (open.TryPeek(out string? next))
        {
            OnnxNode? node = next == image ? null : graph.MakerOf(next);
            if (_areas.TryAdd(next, Unknown) && node is not null)
            {
                // What is open already, and needs this value, is in a circle: it stays unknown.
                foreach (string input in SourcesOf(node).Where(input => !_areas.ContainsKey(input))) open.Push(input);
                continue;
            }
            _ = open.Pop();
            if (_done.Add(next)) _areas[next] = next == image ? 1 : node is null ? OfNoNode(next) : AfterNode(node);
        }
        return _areas[value] is > None and < double.PositiveInfinity and var area ? area : null;
    }

    private double OfNoNode(string value) => graph.ConstantOf(value) is null ? Unknown : None;

    /// <summary>The values that a node's area depends on.</summary>
    private IReadOnlyList<string> SourcesOf(OnnxNode node) =>
        node.Operator == "Resize" && ResizedTo(node) is { } like ? [like] : node.Inputs;

    private double AfterNode(OnnxNode node)
    {
        switch (node.Operator)
        {
            case "Conv" or "com.microsoft.FusedConv" or "ConvInteger" or "QLinearConv" or "MaxPool" or "AveragePool" or "LpPool":
                return Area(node, 0) / Product(node.Integers("strides"));
            case "ConvTranspose":
                return Area(node, 0) * Product(node.Integers("strides"));
            case "DepthToSpace":
                return Area(node, 0) * Square(node.Integer("blocksize"));
            case "SpaceToDepth":
                return Area(node, 0) / Square(node.Integer("blocksize"));
            case "Slice":
                return Area(node, 0) / Product(graph.IntegersOf(node, "steps", 4));
            case "Resize" or "Upsample":
                return ResizedTo(node) is { } like ? _areas.GetValueOrDefault(like, Unknown)
                    : Area(node, 0) * ScaleOf(node);
            case "GlobalAveragePool" or "GlobalMaxPool" or "Constant" or "Shape":
                return None;
            case "ReduceMean" or "ReduceMax" or "ReduceMin" or "ReduceSum" or "ReduceL2":
                return graph.IntegersOf(node, "axes", 1) is [1 or -1 or 3 or -3] ? Area(node, 0) : None;
            case "TopK" or "Split" or "ArgMax" or "Squeeze" or "Unsqueeze" or "Pad" or "Clip" or "QuantizeLinear"
                or "DequantizeLinear":
                return Area(node, 0);
            default:
                return KeepsSize(node) ? Largest(node) : Unknown;
        }
    }

    private double Area(OnnxNode node, int place) => _areas.GetValueOrDefault(node.Input(place), Unknown);

    /// <summary>What is put together has one size, but for numbers that go with any.</summary>
    private double Largest(OnnxNode node)
    {
        double[] areas = [.. node.Inputs.Select(input => _areas.GetValueOrDefault(input, Unknown))];
        double largest = areas.Where(area => !double.IsNaN(area)).DefaultIfEmpty(None).Max();
        return largest > None || !areas.Any(double.IsNaN) ? largest : Unknown;
    }

    private double ScaleOf(OnnxNode node)
    {
        if (node.Attributes.GetValueOrDefault("scales")?.Floats is { Count: 2 or 4 } floats) return Product(floats);
        int place = node.Operator == "Upsample" || node.Inputs.Count == 2 ? 1 : 2;
        return graph.NumbersOf(node.Input(place)) is { Count: 2 or 4 } numbers ? Product(numbers) : Unknown;
    }

    /// <summary>The other value whose height and width a node <c>Resize</c> resizes to; null where there is none.</summary>
    private string? ResizedTo(OnnxNode resize)
    {
        HashSet<string> measured = [], seen = [];
        var open = new Stack<string>([resize.Input(3)]);
        while (open.TryPop(out string? value))
        {
            if (value.Length == 0 || graph.NumbersOf(value) is not null || !seen.Add(value)) continue;
            if (seen.Count > MostSizeNodes || graph.MakerOf(value) is not { } node) return null;
            if (node.Operator == "Shape") measured.Add(node.Input(0));
            else if (node.Operator is "Slice" or "Gather" or "Cast" or "Unsqueeze" or "Squeeze" or "Identity")
                open.Push(node.Input(0));
            else if (node.Operator != "Concat") return null;
            else foreach (string input in node.Inputs.Take(MostSizeNodes)) open.Push(input);
        }
        _ = measured.Remove(resize.Input(0));
        return measured.Count == 1 ? measured.Single() : null;
    }

    private static double Product(IReadOnlyList<long>? factors) => Product(factors?.Select(factor => (double)factor) ?? []);

    private static double Product(IEnumerable<double> factors) =>
        factors.Aggregate(1.0, (product, factor) => factor > 0 ? product * factor : Unknown);

    private static double Square(long? size) => size is > 0 and < short.MaxValue and var side ? side * side : Unknown;

    private static bool KeepsSize(OnnxNode node) => node.Operator is
        "Identity" or "Cast" or "CastLike" or "Transpose" or "Dropout" or "Concat" or "Add" or "Sub" or "Mul" or "Div" or "Sum"
        or "Max" or "Min" or "Mean" or "Pow" or "Where" or "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual"
        or "Not" or "And" or "Or" or "Neg" or "Abs" or "Sqrt" or "Exp" or "Log" or "Reciprocal" or "Round" or "Floor" or "Ceil"
        or "Erf" or "Relu" or "LeakyRelu" or "PRelu" or "Elu" or "Selu" or "Celu" or "Gelu" or "HardSwish" or "Mish" or "Softplus"
        or "Softsign" or "Tanh" or "Sigmoid" or "HardSigmoid" or "Softmax" or "LogSoftmax" or "BatchNormalization"
        or "InstanceNormalization" or "LayerNormalization" or "GroupNormalization" or "LpNormalization" or "LRN"
        or "com.microsoft.QLinearSigmoid" or "com.microsoft.QLinearAdd" or "com.microsoft.Gelu";
}

namespace MLSegmentation;

/// <summary>
/// Follows an output back to the node that makes channels, which tells whether an axis is theirs and how many there are.
/// </summary>
/// <param name="graph">The graph.</param>
internal sealed class ClassAxisTrace(OnnxGraph graph)
{
    private const int MostSteps = 1000, MostDepth = 32, MostParts = 64;
    private const long MostChannels = int.MaxValue;
    private int _steps;

    /// <summary>What the nodes tell of an axis.</summary>
    /// <param name="value">The value.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>
    /// Whether it is the axis of channels, and how many there are; null where the nodes do not tell.
    /// </returns>
    public (bool? IsChannels, long? Channels) Find(string value, OnnxAxis axis)
    {
        (bool? isChannels, long? channels) = Find(value, axis, 0);
        return (isChannels, channels is > 0 and <= MostChannels ? channels : null);
    }

    private (bool? IsChannels, long? Channels) Find(string value, OnnxAxis axis, int depth)
    {
        long? channels = null;
        bool isCounted = true;
        bool? isOfSoftmax = null;
        long? ChannelsBefore(string input, OnnxAxis ofInput) => Find(input, ofInput, depth + 1).Channels;
        while (_steps++ < MostSteps && depth < MostDepth && axis.Index is not null && graph.MakerOf(value) is { } node)
        {
            if (MakesChannels(node, axis) is { } isChannels)
                return (isChannels, channels ?? (isChannels && isCounted ? CountOf(node) : null));
            switch (node.Operator)
            {
                case "Softmax" or "LogSoftmax":
                    isOfSoftmax ??= graph.IsSoftmaxOver(node, axis) ? true : null;
                    break;
                case "Concat" when axis.Is(node.Integer("axis") ?? 0) && node.Inputs.Count <= MostParts:
                    var parts = node.Inputs.Select(input => Find(input, axis, depth + 1)).ToArray();
                    bool isKnown = isCounted && parts.All(part => part.Channels is not null);
                    channels ??= isKnown ? parts.Sum(part => part.Channels) : null;
                    return (parts.Length > 0 ? parts[0].IsChannels : null, channels);
                case "Slice" or "Split" or "Gather":
                    if (ChannelRange.Of(graph, node, value, axis, ChannelsBefore) is not { } range)
                        return (isOfSoftmax, channels);
                    if (!range.IsWhole && isCounted) (channels, isCounted) = (channels ?? range.Count, false);
                    axis = range.Axis;
                    break;
                case "Reshape":
                    channels ??= isCounted ? SizeOf(node, axis) : null;
                    isCounted = false;
                    break;
                case "Unsqueeze" when axis.Before(node, graph).Index is null && graph.IntegersOf(node, "axes", 1) is not null:
                    return (true, 1);
                case "ArgMax" or "ReduceMax" or "ReduceMean" or "ReduceSum" or "ReduceMin" or "TopK":
                    return (isOfSoftmax, channels);
                case "DepthToSpace":
                    isCounted = false;
                    break;
                case "Add" or "Sub" or "Mul" or "Div" or "Sum" or "Max" or "Min" or "Pow":
                    string[] computed =
                        [.. node.Inputs.Take(MostParts).Where(input => graph.ShapeOf(input) is null)];
                    if (computed.Length == 0) return (isOfSoftmax, channels);
                    if (computed.Length > 1 && Find(computed[1], axis, depth + 1) is { IsChannels: not null } other)
                        return (other.IsChannels, channels ?? (isCounted ? other.Channels : null));
                    value = computed[0];
                    continue;
                default:
                    if (!Keeps(node, value)) return (isOfSoftmax, channels);
                    break;
            }
            if (node.Operator is not ("Slice" or "Split" or "Gather")) axis = axis.Before(node, graph);
            value = node.Input(0);
        }
        return (isOfSoftmax, channels);
    }

    /// <summary>Whether the axis is that of the channels that a node makes; null where it makes none.</summary>
    private bool? MakesChannels(OnnxNode node, OnnxAxis axis) => node.Operator switch
    {
        "Conv" or "ConvTranspose" or "ConvInteger" or "QLinearConv" or "com.microsoft.FusedConv" or "BatchNormalization"
            or "InstanceNormalization" or "GroupNormalization" or "SpaceToDepth" => axis.Is(1),
        "MatMul" or "Gemm" or "MatMulInteger" or "com.microsoft.FusedMatMul" =>
            graph.ShapeOf(node.Input(1)) is null || (axis.Rank is null && axis.Index >= 0) ? null : axis.IsLast,
        _ => null,
    };

    private long? CountOf(OnnxNode node)
    {
        IReadOnlyList<long>? weights = graph.ShapeOf(node.Input(node.Operator == "QLinearConv" ? 3 : 1));
        long? count = node.Operator switch
        {
            "Conv" or "ConvInteger" or "QLinearConv" or "com.microsoft.FusedConv" or "BatchNormalization"
                or "InstanceNormalization" => weights is [var made, ..] ? made : null,
            "ConvTranspose" => weights is [_, var ofGroup, ..]
                ? ofGroup * Math.Clamp(node.Integer("group") ?? 1, 1, short.MaxValue)
                : null,
            "MatMul" or "MatMulInteger" => weights is [.., _, var made] ? made : null,
            "Gemm" => weights is [var rows, var columns] ? node.Integer("transB") is null or 0 ? columns : rows : null,
            _ => null,
        };
        return count is > 0 and <= MostChannels ? count : null;
    }

    private long? SizeOf(OnnxNode reshape, OnnxAxis axis)
    {
        if (graph.NumbersOf(reshape.Input(1)) is not { } sizes || axis.Index is not int index) return null;
        int place = index < 0 ? index + sizes.Count : index;
        return place >= 0 && place < sizes.Count && sizes[place] is > 0 and <= MostChannels ? (long)sizes[place] : null;
    }

    /// <summary>Whether a value has the channels of the node's first input, or the node only turns or reshapes it.</summary>
    private static bool Keeps(OnnxNode node, string value) => node.Outputs[0] == value && node.Operator is
        "Identity" or "Cast" or "CastLike" or "Transpose" or "Squeeze" or "Unsqueeze" or "Resize" or "Upsample" or
        "Pad" or "GridSample" or "AveragePool" or "MaxPool" or "Dropout" or "QuantizeLinear" or "DequantizeLinear" or
        "Clip" or "Sigmoid" or "HardSigmoid" or "com.microsoft.QLinearSigmoid" or "Relu" or "LeakyRelu" or "PRelu" or
        "Elu" or "Gelu" or "HardSwish" or "Softplus" or "Tanh" or "Abs" or "Sqrt" or "Exp" or "Log" or "Neg" or
        "Reciprocal" or "Round" or "Floor" or "Ceil" or "LayerNormalization" or "com.microsoft.Gelu";
}

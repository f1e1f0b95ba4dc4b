namespace MLSegmentation;

/// <summary>Where the channels of an input lie, and how many there are.</summary>
internal static class InputChannels
{
    private const int Colour = 3, MostSteps = 16;

    /// <summary>
    /// What the input's sizes say; where they leave it open, what their names say (<c>num_channels</c>), then what the graph's
    /// first nodes do. Where nothing tells, it is colour, and the channels come first.
    /// </summary>
    /// <param name="value">The input.</param>
    /// <param name="graph">The graph.</param>
    /// <returns>Null where the input has not the four sizes of images; the number may be any.</returns>
    public static (TensorLayout Layout, int Count)? Of(OnnxValueInfo value, OnnxGraph graph)
    {
        if (value.Dimensions is not [_, var second, var third, var last]) return null;
        if (IsImage(second) && !(IsImage(last) && Follow(value, graph).IsTurned)) return (TensorLayout.ChannelsFirst, second);
        if (IsImage(last)) return (TensorLayout.ChannelsLast, last);

        // A size that is fixed and no number of channels is that of the image.
        bool canBeFirst = second <= 0, canBeLast = last <= 0 && third <= 0 == second <= 0;
        if (canBeFirst && SizeNames.IsChannels(value.DimensionNames[1])) canBeLast = false;
        if (canBeLast && SizeNames.IsChannels(value.DimensionNames[3])) canBeFirst = false;
        if (!canBeFirst && !canBeLast) return null;
        (bool isTurned, int? channels) = Follow(value, graph);
        bool isLast = canBeLast && (isTurned || !canBeFirst);
        return (isLast ? TensorLayout.ChannelsLast : TensorLayout.ChannelsFirst, channels ?? Colour);
    }

    /// <summary>
    /// Follows the input to the first convolution, through nodes that only change its values. Tells whether a transposition
    /// brought the channels from the end to the front on the way, and how many channels the convolution takes.
    /// </summary>
    private static (bool IsTurned, int? Channels) Follow(OnnxValueInfo value, OnnxGraph graph)
    {
        bool isTurned = false;
        string current = value.Name;
        for (int i = 0; i < MostSteps; i++)
        {
            IReadOnlyList<OnnxNode> users = graph.UsersOf(current);
            OnnxNode? node = users.FirstOrDefault(user => user.Operator == "Conv")
                ?? users.FirstOrDefault(user => user.Operator != "Shape");
            if (node is null || node.Outputs.Count == 0) break;
            switch (node.Operator)
            {
                case "Conv":
                    return (isTurned, ChannelsOf(node, graph));
                case "Transpose" when !isTurned && node.Integers("perm") is [0, 3, 1, 2]:
                    isTurned = true;
                    break;
                case "Cast" or "Identity" or "Sub" or "Add" or "Mul" or "Div" or "Clip" or "Pad" or "Resize" or "QuantizeLinear"
                    or "DequantizeLinear" or "BatchNormalization":
                    break;
                default:
                    return (isTurned, null);
            }
            current = node.Outputs[0];
        }
        return (isTurned, null);
    }

    /// <summary>The channels that a convolution takes: the second size of its weights for each of its groups.</summary>
    private static int? ChannelsOf(OnnxNode convolution, OnnxGraph graph)
    {
        if (graph.ShapeOf(convolution.Input(1)) is not [_, var each, ..]) return null;
        double channels = (double)each * (convolution.Integer("group") ?? 1);
        return channels is >= 1 and <= int.MaxValue ? (int)channels : 0;
    }

    private static bool IsImage(int channels) => channels is 1 or Colour or 4;
}

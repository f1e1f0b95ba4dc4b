using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>
/// Leaves the softmax over the channels at the end of a model out, for whoever computes it himself. ONNX Runtime's works on one
/// core and turns the scores round twice: 88 ms for 21×512×512, more than the whole network.
/// </summary>
internal static class OnnxSoftmax
{
    // Before, it took all axes from the given one on together.
    private const int FirstVersionOfOneAxis = 13;
    private const int NoNodeField = 15, MostIdentities = 8;

    /// <summary>Has an output give what its softmax is given.</summary>
    /// <param name="model">A sound model of one output (<see cref="OnnxOutputs"/>). It is changed.</param>
    /// <param name="output">The name of that output.</param>
    /// <returns>Whether the output is made by such a softmax, which nothing else uses; else the model is as it was.</returns>
    public static bool TrySkip(Span<byte> model, string output)
    {
        bool isOfOneAxis = false;
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            if (fields.Field == ModelOperators) isOfOneAxis |= IsOfOneAxis(fields.Content);
        }
        if (!isOfOneAxis) return false;

        Span<byte> graph = model[GraphOf(model)];
        for (int i = 0; i < MostIdentities && TryFindMaker(graph, output, out Range maker); i++)
        {
            Span<byte> node = graph[maker];
            if (!IsOnnx(node, NodeDomain)) return false;
            switch (TextsOf(node, NodeOperation))
            {
                case ["Softmax"]:
                    return TryMakeDropout(node);
                case ["Identity"] when TextsOf(node, NodeInput) is [var input]:
                    output = input;
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    private static bool IsOfOneAxis(ReadOnlySpan<byte> operators) =>
        IsOnnx(operators, OperatorsDomain) && NumberOf(operators, OperatorsVersion) >= FirstVersionOfOneAxis;

    /// <summary>Finds the node that makes a value, where no more than one node uses the value.</summary>
    private static bool TryFindMaker(ReadOnlySpan<byte> graph, string value, out Range maker)
    {
        maker = default;
        int makers = 0, users = 0;
        var nodes = new ProtobufReader(graph);
        while (nodes.Next())
        {
            if (nodes.Field != GraphNode || !nodes.HasLength) continue;
            if (HasGraph(nodes.Content)) return false;
            if (TextsOf(nodes.Content, NodeInput).Contains(value)) users++;
            if (!TextsOf(nodes.Content, NodeOutput).Contains(value)) continue;
            maker = nodes.ContentRange;
            makers++;
        }
        return makers == 1 && users <= 1;
    }

    // Outside of training Dropout gives what it is given, and its name is as long.
    private static bool TryMakeDropout(Span<byte> softmax)
    {
        (Range operation, Range axis) = (default, default);
        bool isOverChannels = false;
        var fields = new ProtobufReader(softmax);
        while (fields.Next())
        {
            if (fields.Field == NodeOperation) operation = fields.ContentRange;
            if (fields.Field != NodeAttribute) continue;
            axis = fields.FieldRange;
            isOverChannels = TextsOf(fields.Content, AttributeName) is ["axis"]
                && NumberOf(fields.Content, AttributeInteger) is 1 or -3;
        }
        if (!isOverChannels) return false;
        "Dropout"u8.CopyTo(softmax[operation]);
        Hide(softmax, axis, NoNodeField);
        return true;
    }
}

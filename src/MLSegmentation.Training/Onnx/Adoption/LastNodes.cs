namespace MLSegmentation.Training.Onnx;

/// <summary>
/// The nodes that make of a graph's scores what exported graphs answer: <c>probabilities</c> (float32 [N,C,H,W]) and <c>mask</c>
/// (uint8 [N,H,W]), of the size of <c>image</c>.
/// </summary>
internal static class LastNodes
{
    /// <summary>What the mask has where a label map has no class: what masks of files have there.</summary>
    public const byte NoClass = byte.MaxValue;

    // What the background loses against the foreground, so that ties are the foreground's: the least that shows in a float of 1.
    private const float Tie = 1f / (1 << 23);

    /// <summary>Writes them.</summary>
    /// <param name="nodes">Receives them.</param>
    /// <param name="scores">The name of the scores.</param>
    /// <param name="model">What they are.</param>
    /// <param name="mayDiffer">Whether their size may be another than the image's.</param>
    public static void Write(NodeWriter nodes, string scores, AdoptedModel model, bool mayDiffer)
    {
        string planes = ToPlanes(nodes, scores, model);
        if (mayDiffer) planes = nodes.Resize(planes, GraphNames.Image, model.Kind == ScoreKind.Labels);
        if (model.Kind == ScoreKind.Labels) WriteLabels(nodes, planes, model.Classes);
        else if (model.IsOneChannel) WriteForeground(nodes, planes, model.Kind, model.Metadata.ForegroundThreshold!.Value);
        else WriteScores(nodes, planes, model.Kind);
    }

    /// <summary>The scores as float32 [N,C,H,W], labels as [N,1,H,W].</summary>
    private static string ToPlanes(NodeWriter nodes, string value, AdoptedModel model)
    {
        SegmentationOutput output = model.Output;
        if (output.Value.ElementType != typeof(float)) value = nodes.Cast(value, OnnxElementType.Float);
        if (!output.HasBatch) value = nodes.Unsqueeze(value, 0);
        if (!model.HasClassAxis) value = nodes.Unsqueeze(value, 1);
        else if (output.Layout == TensorLayout.ChannelsLast)
            value = nodes.Node("Transpose", [value], ("perm", new long[] { 0, 3, 1, 2 }));
        return model.Input.Batch is > 1 && output.HasBatch
            ? nodes.Node("Slice", [value, nodes.Integers(0), nodes.Integers(1), nodes.Integers(0)])
            : value;
    }

    private static void WriteScores(NodeWriter nodes, string scores, ScoreKind kind)
    {
        string probabilities = kind switch
        {
            ScoreKind.Logits => nodes.Softmax(scores),
            ScoreKind.IndependentLogits => nodes.Node("Sigmoid", [scores]),
            _ => scores,
        };
        nodes.Name(probabilities, GraphNames.Probabilities);
        string best = nodes.Node("ArgMax", [scores], ("axis", 1L), ("keepdims", 0L));
        nodes.Name(nodes.Cast(best, OnnxElementType.UInt8), GraphNames.Mask);
    }

    private static void WriteForeground(NodeWriter nodes, string foreground, ScoreKind kind, float threshold)
    {
        string probabilities;
        if (kind is ScoreKind.Logits or ScoreKind.IndependentLogits)
        {
            // The background's logit is nearly 0: the softmax of 0 and z is the sigmoid of z.
            string pads = nodes.Integers(0, 1, 0, 0, 0, 0, 0, 0);
            probabilities = nodes.Softmax(nodes.Node("Pad", [foreground, pads, nodes.Floats([-Tie])]));
            threshold = ForegroundReader.LogitOf(threshold);
        }
        else
        {
            string rest = nodes.Node("Sub", [nodes.Floats([1]), foreground]),
                background = nodes.Node("Mul", [rest, nodes.Floats([1 - Tie])]);
            probabilities = nodes.Node("Concat", [background, foreground], ("axis", 1L));
        }
        nodes.Name(probabilities, GraphNames.Probabilities);

        // Ties are the foreground's.
        string isForeground = nodes.Node("Not", [nodes.Node("Less", [foreground, nodes.Floats([threshold])])]);
        nodes.Name(nodes.Squeeze(nodes.Cast(isForeground, OnnxElementType.UInt8), 1), GraphNames.Mask);
    }

    private static void WriteLabels(NodeWriter nodes, string labels, int classes)
    {
        float[] numbers = [.. Enumerable.Range(0, classes).Select(index => (float)index)];
        string isClass = nodes.Node("Equal", [labels, nodes.Floats(numbers, 1, classes, 1, 1)]),
            oneHot = nodes.Cast(isClass, OnnxElementType.Float);
        nodes.Name(oneHot, GraphNames.Probabilities);

        // A class more, which wins where none is.
        string pads = nodes.Integers(0, 0, 0, 0, 0, 1, 0, 0), padded = nodes.Node("Pad", [oneHot, pads, nodes.Floats([0.5f])]),
            best = nodes.Node("ArgMax", [padded], ("axis", 1L), ("keepdims", 0L));
        byte[] values = [.. Enumerable.Range(0, classes).Select(index => (byte)index), NoClass];
        nodes.Name(nodes.Node("Gather", [nodes.Bytes(values), best], ("axis", 0L)), GraphNames.Mask);
    }
}

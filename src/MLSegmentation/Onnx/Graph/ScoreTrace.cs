namespace MLSegmentation;

/// <summary>Follows an output back to the node that says what its numbers are.</summary>
/// <param name="graph">The graph.</param>
internal sealed class ScoreTrace(OnnxGraph graph)
{
    private const int MostSteps = 1000, MostDepth = 32;
    private const long FloatType = 1, HalfType = 10, DoubleType = 11, BrainType = 16;
    private readonly ClassAxisTrace _axes = new(graph);
    private int _steps;

    /// <summary>What a value's numbers are.</summary>
    /// <param name="value">The value.</param>
    /// <param name="classes">Its axis of classes.</param>
    public TracedScores Find(string value, OnnxAxis classes) => Find(value, classes, 0);

    private TracedScores Find(string value, OnnxAxis classes, int depth)
    {
        bool isMixed = false, isRounded = false;
        while (_steps++ < MostSteps && depth < MostDepth && graph.MakerOf(value) is { } node)
        {
            switch (node.Operator)
            {
                case "Identity" or "Pad" or "Transpose" or "Squeeze" or "Unsqueeze" or "Reshape" or "Flatten" or "Expand"
                    or "CastLike" or "QuantizeLinear" or "DequantizeLinear":
                case "Dropout" when node.Outputs[0] == value:
                    break;
                case "Resize" or "Upsample" or "GridSample":
                    isMixed |= (node.Text("mode") ?? "nearest") != "nearest";
                    break;
                case "AveragePool":
                    isMixed = true;
                    break;
                case "Cast":
                    isRounded |= node.Integer("to") is not (FloatType or HalfType or DoubleType or BrainType);
                    break;
                default:
                    TracedScores found = new ScoreNode(graph, node, value, classes, _axes).Find(
                        (input, axis) => Find(input, axis, depth + 1));
                    bool isLost = found == TracedScores.Labels ? isMixed : isRounded && found != TracedScores.Unknown;
                    return isLost ? TracedScores.Other : found;
            }
            classes = classes.Before(node, graph);
            value = node.Input(0);
        }
        return TracedScores.Unknown;
    }
}

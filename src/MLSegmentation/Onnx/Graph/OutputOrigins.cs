namespace MLSegmentation;

/// <summary>Tells outputs that others are computed from by layers with weights, such as the features before the scores.</summary>
internal sealed class OutputOrigins
{
    private const int MostSteps = 8;
    private readonly OnnxGraph _graph;
    private readonly HashSet<string> _before = [];

    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The names of the outputs.</param>
    public OutputOrigins(OnnxGraph graph, IEnumerable<string> outputs)
    {
        _graph = graph;
        HashSet<string> same = [.. outputs];
        var open = new Queue<(string Value, bool IsBefore)>(same.Select(output => (output, false)));
        while (open.TryDequeue(out (string Value, bool IsBefore) next))
        {
            if (graph.MakerOf(next.Value) is not { } node) continue;
            bool isBefore = next.IsBefore || IsLayer(node);
            foreach (string input in node.Inputs)
            {
                if ((isBefore ? _before : same).Add(input)) open.Enqueue((input, isBefore));
            }
        }
    }

    /// <summary>Whether another output is computed from what this one shows, in whatever form it shows it.</summary>
    public bool IsOrigin(string output)
    {
        for (int i = 0; i < MostSteps && !_before.Contains(output); i++)
        {
            if (_graph.MakerOf(output) is not { } node || !IsForm(node)) return false;
            output = node.Input(0);
        }
        return _before.Contains(output);
    }

    private static bool IsLayer(OnnxNode node) => node.Operator is
        "Conv" or "ConvTranspose" or "ConvInteger" or "QLinearConv" or "com.microsoft.FusedConv" or "MatMul" or "Gemm"
        or "MatMulInteger" or "QLinearMatMul" or "com.microsoft.FusedMatMul" or "Einsum";

    private static bool IsForm(OnnxNode node) => node.Operator is
        "Identity" or "Cast" or "Transpose" or "Squeeze" or "Unsqueeze" or "Resize" or "Sigmoid" or "Softmax";
}

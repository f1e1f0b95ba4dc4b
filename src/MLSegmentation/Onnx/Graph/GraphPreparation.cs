namespace MLSegmentation;

/// <summary>
/// Tells from the first nodes of a graph what values it takes: nodes that normalise pixels say what those were before. Only what
/// is certain is told; the order of colours never is.
/// </summary>
internal static class GraphPreparation
{
    private const int MostNodes = 16;
    private const long FloatType = 1, ByteType = 2, HalfType = 10, DoubleType = 11;

    /// <summary>The preparation that a graph's image input wants; null where its nodes do not tell.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">The image input.</param>
    public static FoundPreparation? Find(OnnxGraph graph, ImageInputFormat input)
    {
        if (input.IsOfBytes) return Found(ImagePreparation.AsIs, "the graph's input of bytes");
        if (graph.HasInnerGraphs) return null;
        var change = LinearChange.None(input.Channels);
        List<string> nodes = [];
        string value = input.Value.Name;
        for (int i = 0; i < MostNodes && OnlyUser(graph, value) is { } node; i++)
        {
            if (node.Operator == "Cast" && node.Integer("to") == ByteType && nodes.Count == 0)
                return Found(ImagePreparation.AsIs, "the graph's first nodes (Cast to bytes)");
            if (!KeepsNumbers(node))
            {
                if (change.Then(graph, node, value) is not { } changed) break;
                change = changed;
                nodes.Add(node.Operator);
            }
            value = node.Outputs[0];
        }
        string source = $"the graph's first nodes ({string.Join(", ", nodes)})";
        return change.IsOfBytes ? Found(ImagePreparation.AsIs, source)
            : change.IsOfFractions ? Found(ImagePreparation.ZeroToOne, source)
            : null;
    }

    private static FoundPreparation Found(ImagePreparation preparation, string source) =>
        new(preparation, source, TellsColourOrder: false);

    /// <summary>The only node that takes a value, beside those that ask for its size.</summary>
    private static OnnxNode? OnlyUser(OnnxGraph graph, string value)
    {
        OnnxNode[] users = [.. graph.UsersOf(value).Where(node => node.Operator is not ("Shape" or "Size")).Take(2)];
        return users is [{ Outputs: [_] } only] ? only : null;
    }

    private static bool KeepsNumbers(OnnxNode node) => node.Operator is "Identity" or "Transpose" or "Unsqueeze" or "Squeeze"
        || (node.Operator == "Cast" && node.Integer("to") is FloatType or HalfType or DoubleType);
}

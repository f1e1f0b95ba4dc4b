using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>
/// Leaves outputs out of a model, and the nodes that only they need: ONNX Runtime computes every node of a graph, whatever is
/// asked for.
/// </summary>
internal static class OnnxOutputs
{
    // onnx.proto reserves it.
    private const int NoGraphField = 3;

    /// <summary>
    /// Leaves all outputs but one out. The model stays as it is where a node has graphs of its own, which may need any value.
    /// </summary>
    /// <param name="model">
    /// A sound model (<see cref="OnnxStructure"/>), whose nodes come after those that they need, as ONNX says. It is changed.
    /// </param>
    /// <param name="output">The name of the output to keep.</param>
    public static void KeepOnly(Span<byte> model, string output)
    {
        Span<byte> graph = model[GraphOf(model)];
        if (!TryFindNeeded(graph, output, out HashSet<int> needed)) return;

        int node = 0;
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            bool isKept = fields.Field switch
            {
                _ when !fields.HasLength => true,
                GraphNode => needed.Contains(node++),
                GraphOutput => TextsOf(fields.Content, ValueName).Contains(output),
                _ => true,
            };
            if (!isKept) Hide(graph, fields.FieldRange, NoGraphField);
        }
    }

    private static bool TryFindNeeded(ReadOnlySpan<byte> graph, string output, out HashSet<int> needed)
    {
        needed = [];
        var nodes = new List<(string[] Inputs, string[] Outputs)>();
        var reader = new ProtobufReader(graph);
        while (reader.Next())
        {
            if (reader.Field != GraphNode || !reader.HasLength) continue;
            if (HasGraph(reader.Content)) return false;
            nodes.Add((TextsOf(reader.Content, NodeInput), TextsOf(reader.Content, NodeOutput)));
        }
        var values = new HashSet<string> { output };
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (!nodes[i].Outputs.Any(values.Contains)) continue;
            needed.Add(i);
            values.UnionWith(nodes[i].Inputs);
        }
        return true;
    }
}

using System.Text;

namespace MLSegmentation.Onnx;

/// <summary>
/// Leaves outputs out of a model (onnx.proto3), and the nodes that only they need: ONNX Runtime computes every node of a graph, whatever is
/// asked for.
/// </summary>
internal static class OnnxOutputs
{
    private const int ModelGraph = 7, GraphNode = 1, GraphOutput = 12, NodeInput = 1, NodeOutput = 2, NodeAttribute = 5, ValueName = 1;
    private const int AttributeGraph = 6, AttributeGraphs = 11, LengthDelimited = 2, TagBits = 3;

    /// <summary>The model with one output alone; the model itself where a node has graphs of its own, which may need any value.</summary>
    /// <param name="model">A sound model (<see cref="OnnxStructure"/>), whose nodes come after those that they need, as ONNX says.</param>
    /// <param name="output">The name of the output to keep.</param>
    public static byte[] Keep(byte[] model, string output)
    {
        var kept = new List<Range>();
        var reader = new ProtobufReader(model);
        Range graph = default;
        while (reader.Next())
        {
            if (reader.Field == ModelGraph) graph = reader.ContentRange;
        }
        if (!TryFindNeeded(model.AsSpan(graph), output, out HashSet<int> needed)) return model;

        int node = 0;
        var fields = new ProtobufReader(model.AsSpan(graph));
        while (fields.Next())
        {
            bool isKept = fields.Field switch
            {
                GraphNode => needed.Contains(node++),
                GraphOutput => NamesOf(fields.Content, ValueName)[0] == output,
                _ => true,
            };
            if (isKept) kept.Add(fields.FieldRange);
        }
        return Write(model, graph, kept);
    }

    private static bool TryFindNeeded(ReadOnlySpan<byte> graph, string output, out HashSet<int> needed)
    {
        needed = [];
        var nodes = new List<(string[] Inputs, string[] Outputs)>();
        var reader = new ProtobufReader(graph);
        while (reader.Next())
        {
            if (reader.Field != GraphNode) continue;
            if (HasGraph(reader.Content)) return false;
            nodes.Add((NamesOf(reader.Content, NodeInput), NamesOf(reader.Content, NodeOutput)));
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

    private static bool HasGraph(ReadOnlySpan<byte> node)
    {
        var reader = new ProtobufReader(node);
        while (reader.Next())
        {
            if (reader.Field != NodeAttribute) continue;
            var attribute = new ProtobufReader(reader.Content);
            while (attribute.Next())
            {
                if (attribute.Field is AttributeGraph or AttributeGraphs) return true;
            }
        }
        return false;
    }

    private static string[] NamesOf(ReadOnlySpan<byte> message, int field)
    {
        var names = new List<string>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field) names.Add(Encoding.UTF8.GetString(reader.Content));
        }
        return [.. names];
    }

    private static byte[] Write(byte[] model, Range graph, List<Range> kept)
    {
        ReadOnlySpan<byte> content = model.AsSpan(graph);
        int length = kept.Sum(range => range.End.Value - range.Start.Value);
        using var written = new MemoryStream(model.Length);
        var reader = new ProtobufReader(model);
        while (reader.Next())
        {
            if (reader.Field != ModelGraph)
            {
                written.Write(model.AsSpan(reader.FieldRange));
                continue;
            }
            WriteVarint(written, (ModelGraph << TagBits) | LengthDelimited);
            WriteVarint(written, (uint)length);
            foreach (Range range in kept) written.Write(content[range]);
        }
        return written.ToArray();
    }

    private static void WriteVarint(MemoryStream stream, uint value)
    {
        for (; value >= 0x80; value >>= 7) stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}

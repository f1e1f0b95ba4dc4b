using System.Numerics;
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

    // A model may be hundreds of megabytes, so it is written once, into an array of the right length.
    private static byte[] Write(byte[] model, Range graph, List<Range> kept)
    {
        ReadOnlySpan<byte> content = model.AsSpan(graph);
        int graphLength = kept.Sum(Length);
        List<Range> others = [];
        var reader = new ProtobufReader(model);
        while (reader.Next())
        {
            if (reader.Field != ModelGraph) others.Add(reader.FieldRange);
        }
        byte[] written = new byte[1 + VarintLength((uint)graphLength) + graphLength + others.Sum(Length)];
        written[0] = (ModelGraph << TagBits) | LengthDelimited;
        Span<byte> rest = WriteVarint(written.AsSpan(1), (uint)graphLength);
        foreach (Range range in kept) rest = Copy(content[range], rest);
        foreach (Range range in others) rest = Copy(model.AsSpan(range), rest);
        return written;
    }

    private static int Length(Range range) => range.End.Value - range.Start.Value;

    private static Span<byte> Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        source.CopyTo(target);
        return target[source.Length..];
    }

    private static int VarintLength(uint value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private static Span<byte> WriteVarint(Span<byte> target, uint value)
    {
        int length = VarintLength(value);
        for (int i = 0; i < length - 1; i++, value >>= 7) target[i] = (byte)(value | 0x80);
        target[length - 1] = (byte)value;
        return target[length..];
    }
}

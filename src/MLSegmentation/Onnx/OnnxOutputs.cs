using System.Text;

namespace MLSegmentation.Onnx;

/// <summary>
/// Leaves outputs out of a model (onnx.proto3), and the nodes that only they need: ONNX Runtime computes every node of a graph, whatever is
/// asked for.
/// </summary>
internal static class OnnxOutputs
{
    private const int ModelGraph = 7, GraphNode = 1, GraphOutput = 12, NodeInput = 1, NodeOutput = 2, NodeAttribute = 5, ValueName = 1;
    private const int ModelOperators = 8, OperatorsDomain = 1, OperatorsVersion = 2, NodeOperation = 4;
    private const int AttributeName = 1, AttributeInteger = 3, AttributeGraph = 6, AttributeGraphs = 11;

    // Before, Softmax took all axes from the given one on together.
    private const int FirstSoftmaxOfOneAxis = 13;

    // The tag of a field with a length that graphs do not have: onnx.proto reserves number 3. Readers of protobuf pass over fields that they do not know.
    private const byte UnknownTag = (3 << 3) | 2, UnknownNodeTag = (15 << 3) | 2, AttributeTag = (NodeAttribute << 3) | 2, Continuation = 0x80;

    /// <summary>
    /// Leaves all outputs of a model but one out; the model stays as it is where a node has graphs of its own, which may need any value. No bytes
    /// are moved, as there may be hundreds of megabytes: what is left out is marked as a field that nobody knows.
    /// </summary>
    /// <param name="model">A sound model (<see cref="OnnxStructure"/>), whose nodes come after those that they need, as ONNX says. It is changed.</param>
    /// <param name="output">The name of the output to keep.</param>
    public static void KeepOnly(Span<byte> model, string output)
    {
        var reader = new ProtobufReader(model);
        Range graph = default;
        while (reader.Next())
        {
            if (reader.Field == ModelGraph) graph = reader.ContentRange;
        }
        Span<byte> content = model[graph];
        if (!TryFindNeeded(content, output, out HashSet<int> needed)) return;

        int node = 0;
        var fields = new ProtobufReader(content);
        while (fields.Next())
        {
            bool isKept = fields.Field switch
            {
                _ when !fields.HasLength => true,
                GraphNode => needed.Contains(node++),
                GraphOutput => NamesOf(fields.Content, ValueName).Contains(output),
                _ => true,
            };
            if (isKept) continue;
            ref byte tag = ref content[fields.FieldRange.Start];
            tag = (byte)((tag & Continuation) | UnknownTag);
        }
    }

    /// <summary>
    /// Has an output give what the softmax over its channels is given. ONNX Runtime's softmax over channels works on one core and turns the scores round twice:
    /// 88 ms for 21×512×512, more than the whole network.
    /// </summary>
    /// <param name="model">A model of one output (<see cref="KeepOnly"/>). It is changed.</param>
    /// <param name="output">The name of that output.</param>
    /// <returns>Whether there was such a softmax at the output's end; else the model is as it was.</returns>
    public static bool TrySkipSoftmax(Span<byte> model, string output)
    {
        Range graph = default;
        bool isOfOneAxis = false;
        var reader = new ProtobufReader(model);
        while (reader.Next())
        {
            if (reader.Field == ModelGraph) graph = reader.ContentRange;
            if (reader.Field == ModelOperators) isOfOneAxis |= IsSoftmaxOfOneAxis(reader.Content);
        }
        return isOfOneAxis && TrySkipSoftmaxOf(model[graph], output);
    }

    private static bool TrySkipSoftmaxOf(Span<byte> graph, string value)
    {
        Range maker = default;
        int users = 0;
        var nodes = new ProtobufReader(graph);
        while (nodes.Next())
        {
            if (nodes.Field != GraphNode || !nodes.HasLength) continue;
            if (HasGraph(nodes.Content)) return false;
            if (NamesOf(nodes.Content, NodeOutput).Contains(value)) maker = nodes.ContentRange;
            if (NamesOf(nodes.Content, NodeInput).Contains(value)) users++;
        }
        Span<byte> node = graph[maker];
        string? operation = NamesOf(node, NodeOperation).FirstOrDefault();
        if (operation == "Identity") return TrySkipSoftmaxOf(graph, NamesOf(node, NodeInput)[0]);
        return operation == "Softmax" && users <= 1 && TryMakeDropout(node);
    }

    // Outside of training Dropout gives what it is given, and its name is as long.
    private static bool TryMakeDropout(Span<byte> node)
    {
        (Range operation, Range axis) = (default, default);
        bool isOverChannels = false;
        var fields = new ProtobufReader(node);
        while (fields.Next())
        {
            if (fields.Field == NodeOperation) operation = fields.ContentRange;
            if (fields.Field != NodeAttribute) continue;
            axis = fields.FieldRange;
            isOverChannels = IsChannels(fields.Content);
        }
        if (!isOverChannels || node[axis.Start] != AttributeTag) return false;
        "Dropout"u8.CopyTo(node[operation]);
        node[axis.Start] = UnknownNodeTag;
        return true;
    }

    private static bool IsSoftmaxOfOneAxis(ReadOnlySpan<byte> operators)
    {
        ulong version = 0;
        var fields = new ProtobufReader(operators);
        while (fields.Next())
        {
            if (fields.Field == OperatorsVersion) version = fields.Number;
        }
        return NamesOf(operators, OperatorsDomain).All(domain => domain is "" or "ai.onnx") && version >= FirstSoftmaxOfOneAxis;
    }

    private static bool IsChannels(ReadOnlySpan<byte> attribute)
    {
        ulong axis = 0;
        var fields = new ProtobufReader(attribute);
        while (fields.Next())
        {
            if (fields.Field == AttributeInteger) axis = fields.Number;
        }
        return NamesOf(attribute, AttributeName) is ["axis"] && (long)axis is 1 or -3;
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
}

using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>
/// Reads a model's main graph (onnx.proto3, GraphProto). What a graph tells is a help: one too large for it tells nothing.
/// </summary>
internal static class OnnxGraphReader
{
    private const int MostNodes = 1 << 17, MostNames = 1 << 20;
    private const int GraphInitializer = 5, TensorName = 8;

    /// <summary>Reads the graph of a model.</summary>
    public static OnnxGraph Read(ReadOnlySpan<byte> model)
    {
        ReadOnlySpan<byte> bytes = model[GraphOf(model)];
        if (!IsSmall(bytes, out bool hasInnerGraphs)) return new OnnxGraph();

        var graph = new OnnxGraph { OperatorSet = OperatorSetOf(model), HasInnerGraphs = hasInnerGraphs };
        var fields = new ProtobufReader(bytes);
        while (fields.Next())
        {
            if (!fields.HasLength) continue;
            switch (fields.Field)
            {
                case GraphNode:
                    graph.Add(OnnxNodeReader.Read(fields.Content));
                    break;
                case GraphInitializer:
                    graph.Add(NameOf(fields.Content, TensorName), OnnxTensorReader.TryRead(fields.Content));
                    break;
            }
        }
        return graph;
    }

    private static bool IsSmall(ReadOnlySpan<byte> graph, out bool hasInnerGraphs)
    {
        hasInnerGraphs = false;
        int nodes = 0, names = 0;
        var fields = new ProtobufReader(graph);
        while (fields.Next())
        {
            names++;
            if (fields.Field == GraphNode)
            {
                nodes++;
                hasInnerGraphs |= HasGraph(fields.Content);
                var node = new ProtobufReader(fields.Content);
                while (node.Next()) names++;
            }
            if (nodes > MostNodes || names > MostNames) return false;
        }
        return true;
    }

    private static long OperatorSetOf(ReadOnlySpan<byte> model)
    {
        long version = 0;
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
            if (fields.Field == ModelOperators && IsOnnx(fields.Content, OperatorsDomain))
                version = NumberOf(fields.Content, OperatorsVersion);
        }
        return version;
    }

    private static string NameOf(ReadOnlySpan<byte> message, int field) => TextsOf(message, field).LastOrDefault("");
}

using System.Text;

namespace MLSegmentation;

/// <summary>
/// Fields of onnx.proto3, read and edited in a model's bytes. Bytes stay where they are, as there may be hundreds of megabytes.
/// </summary>
internal static class OnnxFields
{
    public const int ModelGraph = 7, ModelOperators = 8, ModelProperties = 14, OperatorsDomain = 1, OperatorsVersion = 2;
    public const int GraphNode = 1, GraphOutput = 12, ValueName = 1;
    public const int NodeInput = 1, NodeOutput = 2, NodeOperation = 4, NodeAttribute = 5, NodeDomain = 7;
    public const int AttributeName = 1, AttributeInteger = 3, AttributeGraph = 6, AttributeGraphs = 11;
    public const int TensorDimension = 1, TensorType = 2, TensorName = 8, TensorBytes = 9;

    /// <summary>Of a tensor: <c>external_data</c> and <c>data_location</c>.</summary>
    public const int TensorOutside = 13, TensorLocation = 14;

    public const int EntryKey = 1, EntryValue = 2;

    /// <summary>Where the graph lies in a model.</summary>
    public static Range GraphOf(ReadOnlySpan<byte> model)
    {
        Range graph = default;
        var reader = new ProtobufReader(model);
        while (reader.Next())
        {
            if (reader.Field == ModelGraph) graph = reader.ContentRange;
        }
        return graph;
    }

    /// <summary>The texts of a field that may occur any number of times.</summary>
    public static string[] TextsOf(ReadOnlySpan<byte> message, int field)
    {
        var texts = new List<string>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field) texts.Add(Encoding.UTF8.GetString(reader.Content));
        }
        return [.. texts];
    }

    /// <summary>The number in a field; 0 where it does not occur.</summary>
    public static long NumberOf(ReadOnlySpan<byte> message, int field)
    {
        ulong number = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field) number = reader.Number;
        }
        return (long)number;
    }

    /// <summary>The content of a field that occurs once; empty where it does not occur.</summary>
    public static ReadOnlySpan<byte> LastOf(ReadOnlySpan<byte> message, int field)
    {
        ReadOnlySpan<byte> content = [];
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field) content = reader.Content;
        }
        return content;
    }

    /// <summary>Whether a domain of operators, in a field of a message, is ONNX's own.</summary>
    public static bool IsOnnx(ReadOnlySpan<byte> message, int field) => TextsOf(message, field) is [] or [""] or ["ai.onnx"];

    /// <summary>Whether a node has graphs of its own, which may use any value of the graph around it.</summary>
    public static bool HasGraph(ReadOnlySpan<byte> node)
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

    /// <summary>Marks a field with a length as one that nobody knows; readers of protobuf pass over those.</summary>
    /// <param name="message">The message.</param>
    /// <param name="field">Where the field lies in it; its number is below 16.</param>
    /// <param name="unknown">A number below 16 that the message has no field of.</param>
    public static void Hide(Span<byte> message, Range field, int unknown)
    {
        const int Continuation = 0x80, HasLength = 2;
        ref byte tag = ref message[field.Start];
        tag = (byte)((tag & Continuation) | (unknown << 3) | HasLength);
    }
}

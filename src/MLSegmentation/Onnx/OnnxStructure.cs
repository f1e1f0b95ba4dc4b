using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>
/// Looks through the messages of an ONNX file (onnx.proto3) before ONNX Runtime does: that they are whole, and claim nothing
/// that a model in memory cannot have. ONNX Runtime would open files that weights refer to, and read its own format, which it
/// does not check as it reads.
/// </summary>
internal static class OnnxStructure
{
    // As in protobuf's own readers.
    private const int MostNesting = 100;

    private enum Part
    {
        Model,
        TrainingInfo,
        Function,
        Graph,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
        Value,
        Type,
        TensorType,
        Shape,
        Dimension,
        Other,
    }

    /// <summary>What is wrong with a model, to go on after its name; null where nothing is found.</summary>
    public static string? FindFault(ReadOnlySpan<byte> model)
    {
        var reader = new ProtobufReader(model);
        bool hasGraph = false;
        while (reader.Next()) hasGraph |= PartOf(Part.Model, reader.Field) == Part.Graph;
        if (!hasGraph) return "is no ONNX model: it has no graph. Give the content of an .onnx file.";
        return FindFault(model, Part.Model, 0);
    }

    private static string? FindFault(ReadOnlySpan<byte> message, Part part, int depth)
    {
        if (depth > MostNesting) return $"is no sound ONNX model: its parts are nested more than {MostNesting} deep.";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (FindFieldFault(reader, part) is { } fault) return fault;
            Part child = PartOf(part, reader.Field);
            if (child != Part.Other && FindFault(reader.Content, child, depth + 1) is { } deeper) return deeper;
        }
        return reader.IsDamaged ? "is no ONNX model, or a truncated or damaged one. Copy, download or export it again." : null;
    }

    private static string? FindFieldFault(ProtobufReader reader, Part part) => (part, reader.Field) switch
    {
        // Tensor: external_data, then data_location.
        (Part.Tensor, 13) => OutsideWeights($" ({Describe(reader.Content)})"),
        (Part.Tensor, 14) when reader.Number != 0 => OutsideWeights(""),

        // Model: metadata_props. ONNX Runtime looks a key up by what stands before the zero, and fails.
        (Part.Model, 14) when TextsOf(reader.Content, EntryKey).Any(key => key.Contains('\0', StringComparison.Ordinal)) =>
            "is no sound ONNX model: a key of its metadata has a zero character.",

        // Dimension: dim_value. Some exporters write a negative one for a size that is free.
        (Part.Dimension, 1) when (long)reader.Number > int.MaxValue =>
            $"has an input or output with the size {reader.Number}, expected at most {int.MaxValue}.",
        _ => null,
    };

    private static string OutsideWeights(string where) =>
        $"keeps weights in another file{where}, expected a model that is one file. Save it with its weights inside.";

    /// <summary>What a field holds, by its number in the message.</summary>
    private static Part PartOf(Part part, int field) => (part, field) switch
    {
        (Part.Model, 7) => Part.Graph,
        (Part.Model, 20) => Part.TrainingInfo,
        (Part.Model, 25) => Part.Function,
        (Part.TrainingInfo, 1 or 2) => Part.Graph,
        (Part.Function, 7) => Part.Node,
        (Part.Function, 11) => Part.Attribute,
        (Part.Graph, 1) => Part.Node,
        (Part.Graph, 5) => Part.Tensor,
        (Part.Graph, 11 or 12) => Part.Value,
        (Part.Graph, 15) => Part.SparseTensor,
        (Part.Node, 5) => Part.Attribute,
        (Part.Attribute, 5 or 10) => Part.Tensor,
        (Part.Attribute, 6 or 11) => Part.Graph,
        (Part.Attribute, 22 or 23) => Part.SparseTensor,
        (Part.SparseTensor, 1 or 2) => Part.Tensor,
        (Part.Value, 2) => Part.Type,
        (Part.Type, 1) => Part.TensorType,
        (Part.TensorType, 2) => Part.Shape,
        (Part.Shape, 1) => Part.Dimension,
        _ => Part.Other,
    };

    /// <summary>An entry of external data, such as <c>location 'weights.bin'</c>.</summary>
    private static string Describe(ReadOnlySpan<byte> entry) =>
        PrintableText.Of($"{TextsOf(entry, EntryKey).LastOrDefault("")} '{TextsOf(entry, EntryValue).LastOrDefault("")}'");
}

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

    /// <summary>What is wrong with a model, to go on after its name; null where nothing is found.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="mayRefer">Whether weights may lie in other files, which <see cref="OutsideWeights"/> reads.</param>
    public static string? FindFault(ReadOnlySpan<byte> model, bool mayRefer = false)
    {
        var reader = new ProtobufReader(model);
        bool hasGraph = false;
        while (reader.Next()) hasGraph |= OnnxParts.In(OnnxPart.Model, reader.Field) == OnnxPart.Graph;
        if (!hasGraph) return "is no ONNX model: it has no graph. Give the content of an .onnx file.";
        return FindFault(model, OnnxPart.Model, mayRefer, 0);
    }

    private static string? FindFault(ReadOnlySpan<byte> message, OnnxPart part, bool mayRefer, int depth)
    {
        if (depth > MostNesting) return $"is no sound ONNX model: its parts are nested more than {MostNesting} deep.";
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (FindFieldFault(reader, part, mayRefer) is { } fault) return fault;
            OnnxPart child = OnnxParts.In(part, reader.Field);
            if (child != OnnxPart.Other && FindFault(reader.Content, child, mayRefer, depth + 1) is { } deeper) return deeper;
        }
        return reader.IsDamaged ? "is no ONNX model, or a truncated or damaged one. Copy, download or export it again." : null;
    }

    private static string? FindFieldFault(ProtobufReader reader, OnnxPart part, bool mayRefer) => (part, reader.Field) switch
    {
        (OnnxPart.Tensor, TensorOutside) when !mayRefer => Refers($" ({Describe(reader.Content)})"),
        (OnnxPart.Tensor, TensorLocation) when !mayRefer && reader.Number != 0 => Refers(""),

        // Model: metadata_props. ONNX Runtime looks a key up by what stands before the zero, and fails.
        (OnnxPart.Model, 14) when TextsOf(reader.Content, EntryKey).Any(key => key.Contains('\0', StringComparison.Ordinal)) =>
            "is no sound ONNX model: a key of its metadata has a zero character.",

        // Dimension: dim_value. Some exporters write a negative one for a size that is free.
        (OnnxPart.Dimension, 1) when (long)reader.Number > int.MaxValue =>
            $"has an input or output with the size {reader.Number}, expected at most {int.MaxValue}.",
        _ => null,
    };

    private static string Refers(string where) =>
        $"keeps weights in another file{where}, expected a model that is one file. Save it with its weights inside, or open it "
        + "from its file, with the other one beside it.";

    /// <summary>An entry of external data, such as <c>location 'weights.bin'</c>.</summary>
    private static string Describe(ReadOnlySpan<byte> entry) =>
        PrintableText.Of($"{TextsOf(entry, EntryKey).LastOrDefault("")} '{TextsOf(entry, EntryValue).LastOrDefault("")}'");
}

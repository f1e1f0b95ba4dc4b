using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>What is known of a model, as lines of a name and a value.</summary>
internal static class ModelReport
{
    private const int MostClasses = 256, LongestName = 200, LongestReason = 600;

    /// <summary>Prints a model; of very many classes the first.</summary>
    public static void Print(ModelFacts facts)
    {
        OnnxModelInfo info = facts.Info;
        ImageModelMetadata metadata = info.Metadata;
        Line("network", metadata.Network);
        Line("task", metadata.Task);
        if (metadata.Parameters > 0) Line("parameters", $"{metadata.Parameters:N0}");
        if (metadata.EncoderWeights.Length > 0) Line("encoder from", metadata.EncoderWeights);
        foreach (OnnxValueInfo input in info.Inputs) Line("input", $"{input}");
        foreach (OnnxValueInfo output in info.Outputs) Line("output", $"{output}");
        Line("image", $"{PrintableText.Of(info.ImageInput.Name)}, {Layout(info.InputFormat.Layout)}, {Channels(info.Channels)}");
        Line("preparation", Preparation(facts), LongestReason);
        if (metadata.Task is "" or ModelTasks.Segmentation) Line("mask from", Mask(facts), LongestReason);
        PrintClasses(facts);
        if (metadata.MinRegionPixels > 0)
            Line(
                "least region", $"{metadata.MinRegionPixels} pixels at the network's size (smaller ones become the first class)");
        if (metadata.IgnoreLabel is int ignore) Line("ignore label", $"{ignore}");
        if (metadata.FirstLabel > 0) Line("first label", $"{metadata.FirstLabel} (lower ones are no class)");
        Line("size multiple", SizeMultiple(info));
        if (metadata.SampleRange is { } range) Line("sample range", $"{range} (of images of more than 8 bits a sample)");
        if (metadata.ImageWidth > 0)
            Line("trained at", $"{metadata.ImageWidth}x{metadata.ImageHeight}, {metadata.Sizing}{By(facts.SizeSource)}");
    }

    /// <summary>Prints a value behind its name; an empty name goes on with the one before.</summary>
    public static void Line(string name, string value, int longest = LongestName) =>
        Console.WriteLine($"{name,-14}{(value.Length > 0 ? PrintableText.Of(value, longest) : "(not stated)")}");

    private static void PrintClasses(ModelFacts facts)
    {
        IReadOnlyList<Rgb> palette = facts.Info.Metadata.Palette;
        foreach ((int index, string name) in facts.ClassNames.Take(MostClasses).Index())
        {
            Line(index == 0 ? "classes" : "",
                $"{index} {name}{(index < palette.Count ? $" {palette[index]}" : "")}");
        }
        if (facts.ClassNames.Count > MostClasses)
            Line("", $"and {facts.ClassNames.Count - MostClasses:N0} more; --json lists them");
        if (facts.ClassSource is { } source) Line("named by", source);
    }

    private static string By(string? source) => source is null ? "" : $" ({source})";

    private static string Preparation(ModelFacts facts)
    {
        if (facts.Preparation is { } preparation) return $"{preparation}{By(facts.PreparationSource)}";
        if (facts.Info.FoundPreparations is { Count: > 0 } both)
        {
            string list = string.Join(", ", both.Select(one => $"{one.Preparation}{By(one.Source)}"));
            return $"two that contradict each other: {list}: give --preparation";
        }
        string unclear = facts.Info.Description?.UnclearField is { } field ? $" (the field '{field}' is not understood)" : "";
        return $"not said{unclear}: give --preparation {string.Join(", ", PreparationText.Presets.Keys)} or numbers";
    }

    private static string SizeMultiple(OnnxModelInfo info) => info.SaidMultiple is { } multiple
        ? $"{multiple}"
        : "not said: tried at the first image, unless --size-multiple is given";

    private static string Mask(ModelFacts facts)
    {
        if (facts.Output is not { } output) return $"nothing: {facts.Refusal}";
        string kind = facts.Kind ?? (facts.IsOneChannel
            ? "one number a pixel, of which the graph does not tell what it is: give --scores"
            : "logits, since the graph tells nothing else");
        string layout = output.ClassAxis is null || facts.IsOneChannel ? "" : $", {Layout(output.Layout)}";
        string foreground = facts.IsOneChannel ? " (one channel: a foreground)"
            : facts.ForegroundThreshold is { } least
                ? string.Create(CultureInfo.InvariantCulture, $" (a foreground from {least} on)")
            : "";
        return $"{PrintableText.Of(output.Name)}: {kind}{foreground}{layout}";
    }

    private static string Layout(TensorLayout layout) =>
        layout == TensorLayout.ChannelsFirst ? "channels first" : "channels last";

    private static string Channels(int channels) => channels switch
    {
        1 => "gray",
        3 => "colour",
        _ => "colour and alpha",
    };
}

namespace MLSegmentation.Cli;

/// <summary>What a model says about itself, as lines of a name and a value.</summary>
internal static class ModelReport
{
    private const int MostClasses = 256, LongestName = 200;

    /// <summary>Prints a model; of very many classes the first.</summary>
    public static void Print(OnnxModelInfo info)
    {
        ImageModelMetadata metadata = info.Metadata;
        Line("network", metadata.Network);
        Line("task", metadata.Task);
        if (metadata.Parameters > 0) Line("parameters", $"{metadata.Parameters:N0}");
        foreach (OnnxValueInfo input in info.Inputs) Line("input", $"{input}");
        foreach (OnnxValueInfo output in info.Outputs) Line("output", $"{output}");
        foreach ((int index, string name) in metadata.ClassNames.Take(MostClasses).Index())
        {
            Line(index == 0 ? "classes" : "",
                $"{index} {name}{(index < metadata.Palette.Count ? $" {metadata.Palette[index]}" : "")}");
        }
        if (metadata.ClassNames.Count > MostClasses)
            Line("", $"and {metadata.ClassNames.Count - MostClasses:N0} more; --json lists them");
        if (metadata.IgnoreLabel is int ignore) Line("ignore label", $"{ignore}");
        Line("size multiple", $"{info.SizeMultiple}");
        if (metadata.SampleRange is { } range) Line("sample range", $"{range} (of images of more than 8 bits a sample)");
        if (metadata.ImageWidth > 0) Line("trained at", $"{metadata.ImageWidth}x{metadata.ImageHeight}, {metadata.Sizing}");
    }

    /// <summary>Prints a value behind its name; an empty name goes on with the one before.</summary>
    public static void Line(string name, string value) =>
        Console.WriteLine($"{name,-14}{(value.Length > 0 ? PrintableText.Of(value, LongestName) : "(not stated)")}");
}

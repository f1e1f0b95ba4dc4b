namespace MLSegmentation;

/// <summary>
/// The files that Hugging Face's transformers puts beside a model: <c>preprocessor_config.json</c> says what is done to pixels,
/// <c>config.json</c> what the classes are. Each is looked for in the model's folder. Where that is named <c>onnx</c>, as on the
/// Hub, it is looked for in the folder above too.
/// </summary>
internal static class HuggingFaceFiles
{
    private const string Processor = "preprocessor_config.json", Config = "config.json", FolderOfExports = "onnx";

    /// <summary>Whether there is a file of those names.</summary>
    public static bool AreBeside(string modelFile) =>
        Find(modelFile, Processor) is not null || Find(modelFile, Config) is not null;

    /// <summary>What the files say; null where they are of something else.</summary>
    /// <exception cref="InvalidDataException">One of them is damaged.</exception>
    public static ModelDescription? Read(string modelFile)
    {
        HuggingFaceProcessor? processor = Find(modelFile, Processor) is { } first
            ? HuggingFaceProcessor.Read(JsonFile.Read(first))
            : null;
        HuggingFaceConfig? config = Find(modelFile, Config) is { } second ? HuggingFaceConfig.Read(JsonFile.Read(second)) : null;
        if (processor is null && config is null) return null;
        string source = processor is null ? Config : config is null ? Processor : $"{Processor} (with {Config})";
        var facts = new ImageModelMetadata
        {
            ClassNames = config?.ClassNames ?? [],
            IgnoreLabel = config?.IgnoreLabel,
            FirstLabel = processor?.ReducesLabels == true ? 1 : 0,
            SizeMultiple = processor?.SizeMultiple ?? 1,
            ImageWidth = processor?.Size?.Width ?? 0,
            ImageHeight = processor?.Size?.Height ?? 0,
            Sizing = processor?.Size?.Sizing ?? ImageSizing.Native,
        };
        return new ModelDescription(
            $"{source} beside the model", facts, processor?.Preparation, config?.OtherTask)
        {
            UnclearField = processor?.UnclearField,
        };
    }

    private static string? Find(string modelFile, string name)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelFile))!;
        string[] folders = Path.GetFileName(folder).Equals(FolderOfExports, StringComparison.OrdinalIgnoreCase)
            ? [folder, Path.GetDirectoryName(folder) ?? folder]
            : [folder];
        return folders.Select(one => Path.Combine(one, name))
            .FirstOrDefault(path => File.Exists(path) && SpecialFile.Describe(path) is null);
    }
}

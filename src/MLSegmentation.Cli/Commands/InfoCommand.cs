using System.CommandLine;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Cli.Display;
using MLSegmentation.Onnx;
using ModelMetadata = MLSegmentation.Onnx.ModelMetadata;

namespace MLSegmentation.Cli.Commands;

/// <summary><c>mlseg info</c>: what a model file says about itself.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The model, an .onnx file." };
        Option<bool> json = CommonOptions.Json();
        return new Command("info", "Show what a model takes, gives and knows about itself.") { file, json }
            .Runs((result, _) => Run(result.GetRequiredValue(file), result.GetValue(json)));
    }

    private static void Run(string file, bool isJson)
    {
        OnnxModelInfo info = OnnxModelInfo.FromFile(file);
        if (isJson) JsonOutput.Write(ToJson(info, ReadProperties(file)));
        else Print(info);
    }

    private static object ToJson(OnnxModelInfo info, IReadOnlyDictionary<string, string> properties) => new
    {
        network = info.Metadata.Network,
        parameters = info.Metadata.Parameters,
        inputs = info.Inputs.Select(Describe),
        outputs = info.Outputs.Select(Describe),
        classes = info.Metadata.ClassNames,
        sizeMultiple = info.SizeMultiple,
        metadata = properties,
    };

    private static object Describe(OnnxValueInfo value) => new { name = value.Name, type = value.ElementType.Name, shape = value.Dimensions };

    private static Dictionary<string, string> ReadProperties(string file)
    {
        using SessionOptions options = OnnxModelFile.CreateOptions();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        using InferenceSession session = OnnxModelFile.Open(OnnxModelFile.Read(file), OnnxModelFile.Name(file), options);
        return new SortedDictionary<string, string>(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal).ToDictionary();
    }

    private static void Print(OnnxModelInfo info)
    {
        ModelMetadata metadata = info.Metadata;
        Line("network", metadata.Network);
        Line("task", metadata.Task);
        if (metadata.Parameters > 0) Line("parameters", $"{metadata.Parameters:N0}");
        foreach (OnnxValueInfo input in info.Inputs) Line("input", $"{input}");
        foreach (OnnxValueInfo output in info.Outputs) Line("output", $"{output}");
        for (int i = 0; i < metadata.ClassNames.Count; i++)
            Line(i == 0 ? "classes" : "", $"{i} {metadata.ClassNames[i]}{(i < metadata.Palette.Count ? $" {metadata.Palette[i]}" : "")}");
        if (metadata.IgnoreLabel is int ignore) Line("ignore label", $"{ignore}");
        Line("size multiple", $"{info.SizeMultiple}");
        if (metadata.ImageWidth > 0) Line("trained at", $"{metadata.ImageWidth}x{metadata.ImageHeight}, {metadata.Sizing}");
    }

    private static void Line(string name, string value) => Console.WriteLine($"{name,-14}{(value.Length > 0 ? value : "(not stated)")}");
}

using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg info</c>: what a model file says about itself.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The model, an .onnx file or an ML.NET zip." };
        Option<bool> json = CommonOptions.Json();
        return new Command("info", "Show what a model takes, gives and knows about itself, and what an ML.NET zip does.")
        {
            file,
            json,
        }
            .Runs((result, _) => Run(result.GetRequiredValue(file), result.GetValue(json)));
    }

    private static void Run(string file, bool isJson)
    {
        if (MlNetZip.IsZip(file))
        {
            using var zip = MlNetZip.Load(file);
            Show(zip, isJson);
            return;
        }
        var source = OnnxModelSource.OfFile(file);
        var info = OnnxModelInfo.FromBytes(source.Read(), source.Name);
        if (isJson)
        {
            JsonOutput.Write(ToJson(info, source));
            return;
        }
        ModelReport.Print(info);
        foreach ((int index, (string location, WeightFile weights)) in source.FindWeightFiles().Index())
            ModelReport.Line(index == 0 ? "weights in" : "", $"{location}, {weights.Length:N0} bytes");
    }

    private static void Show(MlNetZip zip, bool isJson)
    {
        (string Name, string[] Columns)[] steps = [.. Steps(zip)];
        OnnxModelSource[] sources = [.. zip.Steps.Select(ModelOf).OfType<OnnxModelSource>()];
        if (isJson)
        {
            JsonOutput.Write(new
            {
                transforms = steps.Select(step => new { name = step.Name, columns = step.Columns }),
                columns = zip.Input?.Select(column => new { name = column.Name, type = $"{column.Type}" }),
                models = sources.Select(source => ToJson(OnnxModelInfo.FromBytes(source.Read(), source.Name), source)),
            });
            return;
        }
        foreach ((int index, var (name, columns)) in steps.Index())
        {
            ModelReport.Line(
                index == 0 ? "transforms" : "", $"{name}{(columns.Length > 0 ? $": {string.Join(", ", columns)}" : "")}");
        }
        foreach ((int index, DataViewSchema.Column column) in (zip.Input ?? Enumerable.Empty<DataViewSchema.Column>()).Index())
            ModelReport.Line(index == 0 ? "columns" : "", $"{column.Name}: {column.Type}");
        foreach (OnnxModelSource source in sources) ModelReport.Print(OnnxModelInfo.FromBytes(source.Read(), source.Name));
    }

    /// <summary>Each transform with the columns that it makes, as far as the zip's input tells.</summary>
    private static IEnumerable<(string Name, string[] Columns)> Steps(MlNetZip zip)
    {
        DataViewSchema? schema = zip.Input;
        foreach (ITransformer step in zip.Steps)
        {
            DataViewSchema? after = schema is null ? null : step.GetOutputSchema(schema);
            yield return (MlNetZip.NameOf(step), after is null
                ? []
                : [.. after.Where(column => !column.IsHidden && column.Index >= schema!.Count).Select(column => column.Name)]);
            schema = after;
        }
    }

    private static OnnxModelSource? ModelOf(ITransformer step) => step switch
    {
        SegmentImageTransformer segmenter => OnnxModelSource.Of(segmenter.Model.ToArray()),
        ReconstructImageTransformer autoencoder => OnnxModelSource.Of(autoencoder.Model.ToArray()),
        ClassifyImageTransformer classifier => OnnxModelSource.Of(classifier.Model.ToArray()),
        _ => null,
    };

    private static object ToJson(OnnxModelInfo info, OnnxModelSource source) => new
    {
        network = info.Metadata.Network,
        parameters = info.Metadata.Parameters,
        inputs = info.Inputs.Select(Describe),
        outputs = info.Outputs.Select(Describe),
        classes = info.Metadata.ClassNames,
        sizeMultiple = info.SizeMultiple,
        weightFiles = source.FindWeightFiles().Keys,
        metadata = ReadProperties(source),
    };

    private static object Describe(OnnxValueInfo value) =>
        new { name = value.Name, type = value.ElementType.Name, shape = value.Dimensions };

    private static Dictionary<string, string> ReadProperties(OnnxModelSource source)
    {
        using SessionOptions options = OnnxModelFile.CreateOptions();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        using InferenceSession session = OnnxModelFile.Open(source.Read(), source.Name, options);
        return new SortedDictionary<string, string>(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal)
            .ToDictionary();
    }
}

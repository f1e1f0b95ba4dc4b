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
        if (isJson)
        {
            JsonOutput.Write(ToJson(source));
            return;
        }
        ModelReport.Print(FactsOf(source));
        foreach ((int index, (string location, WeightFile weights)) in source.FindWeightFiles().Index())
            ModelReport.Line(index == 0 ? "weights in" : "", $"{location}, {weights.Length:N0} bytes");
    }

    private static void Show(MlNetZip zip, bool isJson)
    {
        (string Name, string[] Columns)[] steps = [.. Steps(zip)];
        ModelArgument[] models = [.. zip.Steps.Select(ModelOf).OfType<ModelArgument>()];
        if (isJson)
        {
            JsonOutput.Write(new
            {
                transforms = steps.Select(step => new { name = step.Name, columns = step.Columns }),
                columns = zip.Input?.Select(column => new { name = column.Name, type = $"{column.Type}" }),
                models = models.Select(model => ToJson(model.Source, model.Options)),
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
        foreach (ModelArgument model in models) ModelReport.Print(FactsOf(model.Source, model.Options));
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

    private static ModelArgument? ModelOf(ITransformer step) => step switch
    {
        SegmentImageTransformer segmenter => new(OnnxModelSource.Of(segmenter.Model.ToArray()), segmenter.Options),
        ReconstructImageTransformer autoencoder => new(OnnxModelSource.Of(autoencoder.Model.ToArray()), autoencoder.Options),
        ClassifyImageTransformer classifier => new(OnnxModelSource.Of(classifier.Model.ToArray()), classifier.Options),
        _ => null,
    };

    // Opened as a whole: it says whether ONNX Runtime can run the model.
    private static ModelFacts FactsOf(OnnxModelSource source, ImageModelOptions? options = null) =>
        new(OnnxModelInfo.FromBytes(source.Read(), source.Name), source.Name, options);

    private static object ToJson(OnnxModelSource source, ImageModelOptions? options = null) =>
        ModelJson.Of(FactsOf(source, options), source.FindWeightFiles().Keys, ReadProperties(source));

    private static Dictionary<string, string> ReadProperties(OnnxModelSource source)
    {
        using SessionOptions options = OnnxModelFile.CreateOptions();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        using InferenceSession session = OnnxModelFile.Open(source.Read(), source.Name, options);
        return new SortedDictionary<string, string>(session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal)
            .ToDictionary();
    }
}

using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg adopt</c> found in a model, and what it made of it.</summary>
/// <param name="before">The model as it came.</param>
/// <param name="found">What was found in it.</param>
/// <param name="after">The model as it was written.</param>
/// <param name="path">The file.</param>
/// <param name="bytes">Its size.</param>
internal sealed class AdoptionReport(OnnxModelInfo before, AdoptedModel found, OnnxModelInfo after, string path, long bytes)
{
    private bool DescribedItself => before.Metadata.Task.Length > 0;

    /// <summary>Prints it.</summary>
    public void Print()
    {
        ModelReport.Line("from input", $"{found.Input.Value}");
        ModelReport.Line("preparation", $"{found.Preparation}{(before.PreparationSource is { } by ? $", by {by}" : "")}");
        ModelReport.Line("from output", $"{found.Output.Value}: {Kind}");
        foreach (OnnxValueInfo input in after.Inputs) ModelReport.Line("input", $"{input}, {Channels} of 0 to 255");
        foreach (OnnxValueInfo output in after.Outputs) ModelReport.Line("output", $"{output}");
        bool areNamed = found.Metadata.ClassNames.Count > 0;
        ModelReport.Line("classes", areNamed ? ClassText.Join(found.Metadata.ClassNames) : $"{found.Classes}, without names");
        Console.WriteLine(
            $"Wrote '{path}' ({DownloadReport.Megabytes(bytes)} MB)."
            + (DescribedItself ? " The model described itself already: only its metadata is written anew." : ""));
    }

    /// <summary>The same as a JSON object.</summary>
    public object ToJson() => new
    {
        path,
        bytes,
        describedItself = DescribedItself,
        from = new
        {
            input = Describe(found.Input.Value),
            output = Describe(found.Output.Value),
            scores = Kind,
            preparation = $"{found.Preparation}",
            preparationSource = before.PreparationSource,
        },
        inputs = after.Inputs.Select(Describe),
        outputs = after.Outputs.Select(Describe),
        classes = found.Metadata.ClassNames,
    };

    private string Channels => found.Input.Channels switch { 1 => "gray", 4 => "RGB and alpha", _ => "RGB" };

    private string Kind => found.IsOneChannel ? $"{Name} of one channel" : Name;

    private string Name => OutputGroup.NameOf(found.Kind);

    private static object Describe(OnnxValueInfo value) =>
        new { name = value.Name, type = value.ElementType.Name, shape = value.Dimensions };
}

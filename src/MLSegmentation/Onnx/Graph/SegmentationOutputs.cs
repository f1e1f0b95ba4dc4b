namespace MLSegmentation;

/// <summary>The outputs of a graph from elsewhere that have a segmentation's shape, or what the model is instead.</summary>
internal sealed class SegmentationOutputs
{
    private const int MostOutputs = 256, MostSteps = 8;
    private readonly OnnxGraph _graph;
    private readonly OtherModel? _otherModel;
    private readonly FoundOutput[] _found;

    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="input">The form in which it takes images.</param>
    /// <param name="classes">How many classes are known; 0 where none are.</param>
    public SegmentationOutputs(
        OnnxGraph graph, IReadOnlyList<OnnxValueInfo> inputs, IReadOnlyList<OnnxValueInfo> outputs, ImageInputFormat input,
        int classes)
    {
        _graph = graph;
        var forms = new OutputForms(graph, input);
        _found = [.. outputs.Take(MostOutputs).Select(forms.Find).OfType<FoundOutput>()];
        var others = new OtherModels(graph, outputs, input);
        _otherModel = OtherModels.FindPrompted(inputs, input.Value) ?? others.FindOfInstances(classes);
        if (_otherModel is null) Best = FindBest(classes);
        if (Best is null) _otherModel ??= FindDistances() ?? others.FindOther();
    }

    /// <summary>
    /// The output that is read unless another is named: one with as many channels as classes are known, not one of features, of
    /// the largest area, of scores rather than labels. Among equals it is the first. Null where the model does not segment.
    /// </summary>
    public SegmentationOutput? Best { get; }

    /// <summary>What the model is where it does not segment, to go on after its name; null where that cannot be told.</summary>
    public string? OtherModel => _otherModel?.Text;

    /// <summary>The output of that name; null where there is none of it, or its shape is no segmentation's.</summary>
    public SegmentationOutput? Find(string name) =>
        _otherModel?.Output == name ? null : Array.Find(_found, found => found.Output.Name == name)?.Output;

    private SegmentationOutput? FindBest(int classes) => _found
        .Where(found => !OutputNames.IsOfDepth(found.Output.Name) && found.Output.Name != GraphNames.Reconstruction
            && !AreDistances(found.Output))
        .OrderByDescending(found => classes > 0 && ClassesOf(found.Output) == classes)
        .ThenBy(found => OutputNames.IsOfFeatures(found.Output.Name))
        .ThenByDescending(found => found.Area ?? 1)
        .ThenBy(found => found.Output.Kind == ScoreKind.Labels)
        .FirstOrDefault()?.Output;

    private OtherModel? FindDistances() =>
        Array.Find(_found, found => AreDistances(found.Output))?.Output is { } output
            ? new OtherModel(
                $"gives each pixel one number above 0 ({output.Value}), as networks of depth do. Where it is a foreground's "
                + "score all the same, set Output to its name and Scores to what it is.")
            : null;

    /// <summary>Whether an output is one number a pixel, of which those below 0 were cut off.</summary>
    private bool AreDistances(SegmentationOutput output)
    {
        if (output is not { Channels: 1, Kind: null }) return false;
        OnnxNode? node = _graph.MakerOf(output.Name);
        for (int i = 0; i < MostSteps && node is { Operator: "Identity" or "Squeeze" or "Unsqueeze" or "Cast" or "Resize" }; i++)
            node = _graph.MakerOf(node.Input(0));
        return node is { Operator: "Relu" or "Softplus" };
    }

    private static int? ClassesOf(SegmentationOutput output) => output.Channels is 1 ? 2 : output.Channels;
}

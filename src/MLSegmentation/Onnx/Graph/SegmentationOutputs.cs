namespace MLSegmentation;

/// <summary>The outputs of a graph from elsewhere that have a segmentation's shape, or what the model is instead.</summary>
internal sealed class SegmentationOutputs
{
    private const int MostOutputs = 64;
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
        var forms = new OutputForms(graph, input);
        _found = [.. outputs.Take(MostOutputs).Select(forms.Find).OfType<FoundOutput>()];
        var others = new OtherModels(graph, outputs, input);
        _otherModel = OtherModels.FindPrompted(inputs, input.Value) ?? others.FindOfInstances(classes);
        if (_otherModel is not null) return;

        ILookup<string?, FoundOutput> byWhatElse = _found
            .Where(found => !OutputNames.IsOfDepth(found.Output.Name) && found.Output.Name != GraphNames.Reconstruction)
            .ToLookup(found => new OtherOutputs(graph).Find(found.Output));
        Candidates = new OutputChoice(graph, input.Value.Name).Choose([.. byWhatElse[null]], classes);
        if (Candidates.Count > 0) return;
        string? whatElse = byWhatElse.FirstOrDefault()?.Key;
        _otherModel = whatElse is null ? others.FindOther() : new OtherModel(whatElse);
    }

    /// <summary>
    /// The output that is read unless another is named, as <see cref="SegmentationOptions.Output"/> tells. Null where the model
    /// does not segment, or nothing tells which of several it is.
    /// </summary>
    public SegmentationOutput? Best => Candidates is [var best] ? best : null;

    /// <summary>The outputs of which one has to be named; one or none where nothing has to be.</summary>
    public IReadOnlyList<SegmentationOutput> Candidates { get; } = [];

    /// <summary>What the model is where it does not segment, to go on after its name; null where that cannot be told.</summary>
    public string? OtherModel => _otherModel?.Text;

    /// <summary>The output of that name; null where there is none of it, or its shape is no segmentation's.</summary>
    public SegmentationOutput? Find(string name) =>
        _otherModel?.Output == name ? null : Array.Find(_found, found => found.Output.Name == name)?.Output;
}

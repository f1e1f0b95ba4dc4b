namespace MLSegmentation;

/// <summary>Tells models that are no segmentation's for what they are, by the names and shapes of their outputs.</summary>
/// <param name="graph">The graph.</param>
/// <param name="outputs">Its outputs.</param>
/// <param name="input">The form in which it takes images.</param>
internal sealed class OtherModels(OnnxGraph graph, IReadOnlyList<OnnxValueInfo> outputs, ImageInputFormat input)
{
    public const string Instead = "Use a model of semantic segmentation, which gives each pixel a score for each class.";

    private const int MostOutputs = 64, FewestQueries = 10, BoxValues = 4;

    private readonly OnnxValueInfo[] _outputs = [.. outputs.Take(MostOutputs)];

    /// <summary>What a model is that is to be shown what to cut out; null where it is none.</summary>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="image">The one that takes the image; null where none does.</param>
    public static OtherModel? FindPrompted(IReadOnlyList<OnnxValueInfo> inputs, OnnxValueInfo? image) =>
        inputs.FirstOrDefault(input => input != image && OutputNames.IsOfPrompts(input.Name)) is { } prompt
            ? new OtherModel(
                $"cuts out what points or boxes show, which it needs as an input ({prompt}), as Segment Anything does. {Instead}")
            : null;

    /// <summary>
    /// What a model is whose masks belong to boxes or queries, though one of its outputs has a segmentation's shape; null where
    /// it is none.
    /// </summary>
    /// <param name="classes">How many classes are known; 0 where none are.</param>
    public OtherModel? FindOfInstances(int classes) =>
        new PrototypeMasks(graph, _outputs, input).Find(classes) ?? FindQueries(classes) ?? FindBoxMasks()
        ?? FindRatedMasks() ?? new DetectionHeads(_outputs, input).Find(classes);

    /// <summary>What a model is of which no output tells the class of each pixel; null where that cannot be told.</summary>
    public OtherModel? FindOther() =>
        Of(output => OutputNames.IsOfDepth(output.Name), output => $"estimates depth ({output}). {Instead}")
        ?? Of(
            output => output.Name == GraphNames.Reconstruction,
            output => $"gives the image back ({output}). Use ReconstructImage. {Instead}")
        ?? Of(output => OutputNames.IsOfBoxes(output.Name) || AreBoxes(output), output => $"finds boxes ({output}). {Instead}")
        ?? Of(AreOfImage, output => $"gives the whole image a class ({output}). Use ClassifyImage. {Instead}");

    private OtherModel? Of(Predicate<OnnxValueInfo> isOf, Func<OnnxValueInfo, string> describe) =>
        Array.Find(_outputs, isOf) is { } output ? new OtherModel(describe(output)) : null;

    private OtherModel? FindQueries(int classes)
    {
        foreach (OnnxValueInfo masks in _outputs.Where(output => output.Dimensions.Count == 4))
        {
            if (classes > 0 && classes == masks.Dimensions[1]) continue;
            OnnxValueInfo? scores = Array.Find(_outputs, output => AreOfQueries(output, masks));
            if (scores is null && !OutputNames.IsOfQueries(masks.Name)) continue;
            string theirs = scores is null ? "" : $", and what each shows: {scores}";
            return new OtherModel(
                $"answers masks of queries ({masks}{theirs}), as Mask2Former and DETR do. {Instead}", masks.Name);
        }
        return null;
    }

    private static bool AreOfQueries(OnnxValueInfo scores, OnnxValueInfo masks)
    {
        if (scores.Dimensions is not [_, var count, var values] || OutputNames.IsOfFeatures(scores.Name)) return false;

        // The same scores in a row.
        if (values > 0 && values == (long)masks.Dimensions[2] * masks.Dimensions[3]) return false;
        NamedSize queries = NamedSize.Of(scores)[1];
        return count > 0
            ? count >= FewestQueries && count == masks.Dimensions[1]
            : queries.Name.Length > 0 && !queries.IsOfClasses && queries == NamedSize.Of(masks)[1];
    }

    /// <summary>Masks of which there are as many as boxes.</summary>
    private OtherModel? FindBoxMasks()
    {
        NamedSize images = NamedSize.Of(input.Value)[0];
        foreach (OnnxValueInfo boxes in _outputs.Where(output => output.Dimensions is [_, BoxValues or BoxValues + 1]))
        {
            NamedSize count = NamedSize.Of(boxes)[0];
            if (count == images || count is { Fixed: 1 } or { Fixed: null, Name: "" }) continue;
            OnnxValueInfo? masks = Array.Find(
                _outputs, output => output.Dimensions.Count is 3 or 4 && NamedSize.Of(output)[0] == count);
            if (masks is not null)
                return new OtherModel($"finds instances: a mask ({masks}) for each box ({boxes}). {Instead}", masks.Name);
        }
        return null;
    }

    /// <summary>Masks of one object, of which each has a guess of how good it is.</summary>
    private OtherModel? FindRatedMasks()
    {
        OnnxValueInfo? ratings = Array.Find(
            _outputs, output => OutputNames.IsOfRatings(output.Name) && output.Dimensions.Count == 2);
        if (ratings is null) return null;
        NamedSize count = NamedSize.Of(ratings)[1];
        OnnxValueInfo? masks = Array.Find(
            _outputs, output => output.Dimensions.Count == 4 && NamedSize.Of(output)[1] is var channels
                && (channels == count || channels.Fixed is null || count.Fixed is null));
        return masks is null ? null : new OtherModel(
            $"cuts out what is shown to it: {masks} are masks of one object, and {ratings} how good each is, as Segment Anything "
            + $"does. {Instead}");
    }

    private static bool AreBoxes(OnnxValueInfo output) =>
        output.Dimensions is [_, var second, var third] && (second > BoxValues || third > BoxValues);

    private static bool AreOfImage(OnnxValueInfo output) =>
        output.Dimensions is [_, not 1] or [_, not 1, 1, 1];
}

namespace MLSegmentation;

/// <summary>Tells prototypes of masks, which boxes put together, from scores of pixels: YOLACT, YOLO-seg.</summary>
/// <param name="graph">The graph.</param>
/// <param name="outputs">Its outputs.</param>
/// <param name="input">The form in which it takes images.</param>
internal sealed class PrototypeMasks(OnnxGraph graph, IReadOnlyList<OnnxValueInfo> outputs, ImageInputFormat input)
{
    // Ultralytics' number of prototypes.
    private const int UsualCount = 32, BoxValues = 4, MostSteps = 4, MostParts = 16;

    /// <summary>What the model is where it makes them; else null.</summary>
    /// <param name="classes">How many classes are known; 0 where none are.</param>
    public OtherModel? Find(int classes)
    {
        foreach (OnnxValueInfo masks in outputs)
        {
            if (CountOf(masks) is not { } count || count == classes) continue;
            if (outputs.FirstOrDefault(output => HasFactors(output, count)) is not { } boxes) continue;
            return new OtherModel(
                $"finds instances: {masks} are prototypes of masks that its boxes ({boxes}) put together, as those of YOLO-seg, "
                + $"and no scores of pixels. {OtherModels.Instead}", masks.Name);
        }
        return null;
    }

    private int? CountOf(OnnxValueInfo masks)
    {
        if (masks.Dimensions is not [_, var first, var middle, var last]) return null;
        bool isNamed = masks.Name.Contains("proto", StringComparison.OrdinalIgnoreCase);
        if (first == UsualCount) return isNamed || IsSmall(middle, last) ? UsualCount : null;
        if (last == UsualCount) return isNamed || IsSmall(first, middle) ? UsualCount : null;
        return isNamed ? Math.Max(first, 1) : null;
    }

    // Prototypes have a quarter of the image's sides.
    private bool IsSmall(int height, int width) =>
        input.Height is not { } tall || input.Width is not { } wide || 4L * height * width <= (long)tall * wide;

    /// <summary>Whether an output holds boxes, a score for each class, and a factor for each prototype.</summary>
    private bool HasFactors(OnnxValueInfo output, int prototypes) =>
        output.Dimensions is [_, var second, var third] && Math.Max(second, third) > BoxValues + prototypes
        && !OutputNames.IsOfFeatures(output.Name) && !IsOfOtherParts(output.Name, prototypes);

    /// <summary>Whether nodes put an output together of parts, none of which has that many channels.</summary>
    private bool IsOfOtherParts(string output, int channels)
    {
        OnnxNode? node = graph.MakerOf(output);
        for (int i = 0; i < MostSteps && node is { Operator: "Identity" or "Transpose" }; i++)
            node = graph.MakerOf(node.Input(0));
        if (node is not { Operator: "Concat", Inputs.Count: <= MostParts }) return false;
        var axis = new OnnxAxis(node.Integer("axis") is -1 or 2 ? -1 : 1, null);
        long?[] parts = [.. node.Inputs.Select(part => new ClassAxisTrace(graph).Find(part, axis).Channels)];
        return Array.TrueForAll(parts, part => part is not null && part != channels);
    }
}

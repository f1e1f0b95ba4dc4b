namespace MLSegmentation;

/// <summary>Tells outputs that have a segmentation's shape and are something else.</summary>
/// <param name="graph">The graph.</param>
internal sealed class OtherOutputs(OnnxGraph graph)
{
    private const int Colours = 3;

    /// <summary>What an output is, to go on after the model's name; null where it may be a segmentation's.</summary>
    public string? Find(SegmentationOutput output) =>
        AreDistances(output) ? $"gives each pixel one number above 0 ({output.Value}), as networks of depth do. Where it is a "
            + $"foreground's score all the same, set Output to '{PrintableText.Of(output.Name)}' and say with Scores what it is."
        : IsPicture(output) ? $"gives an image ({output.Value}), as networks of matting, restoration and reconstruction do. "
            + AllTheSame(output)
        : AreDirections(output) ? $"gives each pixel a direction ({output.Value}), as networks of surface normals do. "
            + AllTheSame(output)
        : OutputNames.IsOfOtherNumbers(output.Name) ? $"gives no scores of classes, as the name of its output says "
            + $"({output.Value}). {AllTheSame(output)}"
        : null;

    private static string AllTheSame(SegmentationOutput output) =>
        $"{OtherModels.Instead} Where that output has such scores all the same, set Output to '{PrintableText.Of(output.Name)}'.";

    /// <summary>Whether an output is one number a pixel, of which those below 0 were cut off.</summary>
    private bool AreDistances(SegmentationOutput output) =>
        output is { Channels: 1, Kind: null } && graph.LastNodeOf(output.Name) is { Operator: "Relu" or "Softplus" };

    private static bool IsPicture(SegmentationOutput output) =>
        output is { Channels: Colours, Kind: not (ScoreKind.Probabilities or ScoreKind.Labels) }
        && OutputNames.IsOfPicture(output.Name);

    private bool AreDirections(SegmentationOutput output) =>
        output.Channels == Colours && graph.LastNodeOf(output.Name) is { Operator: "LpNormalization" };
}

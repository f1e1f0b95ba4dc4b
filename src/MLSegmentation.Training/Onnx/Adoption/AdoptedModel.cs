namespace MLSegmentation.Training.Onnx;

/// <summary>What is known of a model that somebody else exported, as whoever scores with it by options has to know it.</summary>
/// <param name="Input">The form in which it takes images.</param>
/// <param name="Preparation">What is done to the values of pixels before that.</param>
/// <param name="Output">The output that tells each pixel's class.</param>
/// <param name="Kind">What its numbers are.</param>
/// <param name="Metadata">What the adopted file says of itself.</param>
internal sealed record AdoptedModel(
    ImageInputFormat Input, ImagePreparation Preparation, SegmentationOutput Output, ScoreKind Kind, ImageModelMetadata Metadata)
{
    /// <summary>How many classes there are, background and foreground of one channel among them.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether the output has a dimension for the scores of a pixel, and not for its place alone.</summary>
    public bool HasClassAxis => Output.Value.Dimensions.Count == (Output.HasBatch ? 4 : 3);

    /// <summary>Whether the graph says that it takes any number of images at a time.</summary>
    public bool MayTakeSeveral => Input.Batch is null && Output.HasBatch;

    /// <summary>Whether there is one score a pixel, that of a foreground.</summary>
    public bool IsOneChannel { get; init; }
}

namespace MLSegmentation;

/// <summary>The output of a graph that tells each pixel's class, and its form.</summary>
/// <param name="Value">The output.</param>
/// <param name="Kind">What its numbers are; null where the graph does not tell.</param>
/// <param name="Layout">Where its classes lie, or the axis of size 1 of labels; without meaning where there is none.</param>
/// <param name="HasBatch">Whether its first dimension counts images.</param>
/// <param name="Channels">The scores of a pixel; null where their number is free, and for labels.</param>
internal sealed record SegmentationOutput(
    OnnxValueInfo Value, ScoreKind? Kind, TensorLayout Layout, bool HasBatch, int? Channels)
{
    /// <summary>The output's name.</summary>
    public string Name => Value.Name;

    /// <summary>Whether the graph's nodes tell its kind, and not only its type or name.</summary>
    public bool IsTold { get; init; }

    /// <summary>
    /// The axis of classes; null where there is none, as in labels [N,H,W] and in the scores of one class without it.
    /// </summary>
    public int? ClassAxis => !HasClassAxis ? null
        : Layout == TensorLayout.ChannelsFirst ? FirstAxis : Value.Dimensions.Count - 1;

    /// <summary>The axis of rows.</summary>
    public int HeightAxis => FirstAxis + (HasClassAxis && Layout == TensorLayout.ChannelsFirst ? 1 : 0);

    /// <summary>The axis of columns.</summary>
    public int WidthAxis => HeightAxis + 1;

    private int FirstAxis => HasBatch ? 1 : 0;

    private bool HasClassAxis => Value.Dimensions.Count - FirstAxis > 2;
}

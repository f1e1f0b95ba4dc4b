namespace MLSegmentation;

/// <summary>The output of a graph that tells each pixel's class, and its form.</summary>
/// <param name="Value">The output.</param>
/// <param name="Kind">What its numbers are; null where the graph does not tell.</param>
/// <param name="Layout">Where the classes of its scores lie; without meaning for labels.</param>
/// <param name="HasBatch">Whether its first dimension counts images.</param>
/// <param name="Channels">The scores of a pixel; null where their number is free, and for labels.</param>
internal sealed record SegmentationOutput(
    OnnxValueInfo Value, ScoreKind? Kind, TensorLayout Layout, bool HasBatch, int? Channels)
{
    /// <summary>The output's name.</summary>
    public string Name => Value.Name;
}

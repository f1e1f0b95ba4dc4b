namespace MLSegmentation.Cli;

/// <summary>What an evaluation came to, and how it read the masks.</summary>
/// <param name="Metrics">What was measured.</param>
/// <param name="Pictures">The pictures that were written; null where none were asked for.</param>
/// <param name="Threshold">
/// The value from which on a pixel was of the second of two classes; null for masks of numbers or colours.
/// </param>
/// <param name="ContradictingMasks">
/// Masks that were read by their colours, which their palettes number otherwise than the classes are.
/// </param>
/// <param name="Runs">How often the network ran.</param>
/// <param name="Provider">What it ran on.</param>
internal sealed record Evaluation(
    SegmentationMetrics Metrics, IReadOnlyList<WrittenPicture>? Pictures, int? Threshold, int ContradictingMasks, long Runs,
    ExecutionProvider Provider);

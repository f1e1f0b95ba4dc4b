namespace MLSegmentation;

/// <summary>An output in the form of a segmentation's.</summary>
/// <param name="Output">The output.</param>
/// <param name="Area">Its area in parts of the image's; null where unknown.</param>
/// <param name="Points">How much speaks for this form rather than another.</param>
internal sealed record FoundOutput(SegmentationOutput Output, double? Area, int Points);

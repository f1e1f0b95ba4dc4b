namespace MLSegmentation.Training;

/// <summary>How a trained model is to be scored, as far as the images held back tell.</summary>
/// <param name="Threshold">The least probability of the second of two classes; null for the most probable class.</param>
/// <param name="MinRegionPixels">Regions of fewer pixels become the first class; 0 for none.</param>
/// <param name="Reasons">A sentence for each thing that was looked at: what was chosen, or that nothing was.</param>
internal sealed record ScoringChoice(float? Threshold, int MinRegionPixels, IReadOnlyList<string> Reasons);

namespace MLSegmentation;

/// <summary>The preparation of pixels that a model says it wants, and where it says so.</summary>
/// <param name="Preparation">The preparation.</param>
/// <param name="Source">Where it was found, such as <c>the model's metadata</c>.</param>
internal sealed record FoundPreparation(ImagePreparation Preparation, string Source);

namespace MLSegmentation;

/// <summary>What a model is that gives no class to each pixel.</summary>
/// <param name="Text">What it is and what to do, to go on after its name.</param>
/// <param name="Output">The output that must not be taken for scores; null for any.</param>
internal sealed record OtherModel(string Text, string? Output = null);

namespace MLSegmentation.Cli;

/// <summary>An image without a label, and what one would teach.</summary>
/// <param name="Path">The image.</param>
/// <param name="Value">How much it would teach.</param>
internal sealed record UnlabelledImage(string Path, TeachingValue Value);

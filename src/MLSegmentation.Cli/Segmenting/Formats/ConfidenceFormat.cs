namespace MLSegmentation.Cli;

/// <summary>The probability of each pixel's class, as a gray PNG.</summary>
internal sealed class ConfidenceFormat : ImageFormat
{
    /// <inheritdoc/>
    public override string Name => "confidence";

    /// <inheritdoc/>
    public override string Suffix => ".confidence.png";

    /// <inheritdoc/>
    public override bool NeedsConfidence => true;

    /// <inheritdoc/>
    public override void Write(string path, ImageMask mask) =>
        ConfidencePng.Write(path, mask.Scored.Confidence, mask.Scored.Width, mask.Scored.Height);
}

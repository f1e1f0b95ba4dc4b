using Microsoft.ML.Data;

namespace MLSegmentation.Cli;

/// <summary>The mask on the image, as a PNG.</summary>
internal sealed class OverlayFormat : ImageFormat
{
    /// <inheritdoc/>
    public override string Name => "overlay";

    /// <inheritdoc/>
    public override string Suffix => ".overlay.png";

    /// <inheritdoc/>
    public override bool NeedsImage => true;

    /// <inheritdoc/>
    public override void Write(string path, ImageMask mask)
    {
        using MLImage drawn = MaskOverlay.Draw(mask.Image!, mask.Scored.Mask, mask.Palette, MaskOverlay.DefaultOpacity);
        PngWriter.WriteRgb(path, drawn);
    }
}

using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Segments the image of each row.</summary>
/// <param name="scorer">Segments images.</param>
/// <param name="setup">The transformer's columns and options.</param>
/// <param name="images">The images of the rows.</param>
/// <param name="maskSize">The size of the masks, as far as the column promises one.</param>
/// <param name="drawsOverlay">
/// Whether images are needed in full size to be drawn on; else files are decoded only as large as the network needs them.
/// </param>
internal sealed class SegmentedRow(
    ImageScorer scorer, SegmentImageSetup setup, RowImageSource images, ImageDataViewType maskSize, bool drawsOverlay) : ScoredRow
{
    private MLImage? _image;

    /// <summary>The mask; without a class where the image is bad.</summary>
    public SegmentedImage Result { get; private set; } = null!;

    /// <summary>The mask on the image; null where the image is bad.</summary>
    public MLImage? DrawOverlay() => Error is not null
        ? null
        : MaskOverlay.Draw(_image!, Result.Mask, setup.Scoring.Palette, setup.Options.OverlayOpacity);

    protected override void Score()
    {
        try
        {
            _image = drawsOverlay ? images.ReadWhole() : null;
            Result = scorer.Score(_image is null ? images.Read() : ImageSource.Of(_image));
        }
        finally
        {
            // Whoever goes from row to row may wait for another image meanwhile.
            scorer.ReturnShare();
        }
    }

    protected override void Reject() => Result = scorer.Reject(maskSize.Width, maskSize.Height);
}

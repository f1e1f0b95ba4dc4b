using Microsoft.ML.Data;
using MLSegmentation.Formats;
using MLSegmentation.Images;
using MLSegmentation.Masks;
using MLSegmentation.Scoring;

namespace MLSegmentation.Cli.Segmenting;

/// <summary>Segments one image file and writes what is asked for; any number of threads may.</summary>
internal sealed class ImageSegmenter(SegmentationModel model, SegmentRequest request)
{
    private static readonly MaskPostprocessing _none = new();

    // Through tiles and as it is, an image goes from file to file by rows and may be larger than memory.
    private readonly bool _goesByRows = request.Scoring.Sizing == ImageSizing.Tiled && request.Formats == OutputFormat.Png && request.Postprocessing == _none;

    /// <summary>Writes the files of an image; bad ones are an error in the entry, or thrown.</summary>
    public ManifestEntry Segment(MaskFiles files)
    {
        try
        {
            Write(files);
            return ManifestEntry.For(files, error: null);
        }
        catch (Exception error) when (request.SkipsBadImages && error is InvalidDataException or FileNotFoundException or ArgumentException)
        {
            return ManifestEntry.For(files, error.Message);
        }
    }

    private void Write(MaskFiles files)
    {
        if (_goesByRows)
        {
            model.Segment(files.ImagePath, files.MaskPath);
            return;
        }
        using MLImage? image = files.OverlayPath is null ? null : ImageDecoder.Decode(files.ImagePath);
        model.Score(scorer => image is null ? scorer.Score(files.ImagePath) : scorer.Score(image), result =>
        {
            request.Postprocessing.Apply(result.Mask, result.Width, result.Height);
            if (files.ConfidencePath is { } confidence) ConfidencePng.Write(confidence, result.Confidence, result.Width, result.Height);
            if (files.OverlayPath is { } overlay) WriteOverlay(overlay, image!, result.Mask);

            // The mask comes last: where it is, so are the others.
            MaskPng.Write(files.MaskPath, result.Mask, result.Width, result.Height, model.Palette);
            return 0;
        });
    }

    private void WriteOverlay(string path, MLImage image, ReadOnlySpan<uint> mask)
    {
        using MLImage drawn = MaskOverlay.Draw(image, mask, model.Palette, MaskOverlay.DefaultOpacity);
        PngWriter.WriteRgb(path, drawn);
    }
}

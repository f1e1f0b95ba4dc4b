using Microsoft.ML.Data;

namespace MLSegmentation.Cli;

/// <summary>Segments one image file and writes what is asked for; any number of threads may.</summary>
internal sealed class ImageSegmenter(SegmentationModel model, SegmentOptions options, CancellationToken cancellation)
{
    private static readonly PostprocessMaskOptions _none = new();

    // Through tiles and as it is, an image goes from file to file by rows and may be larger than memory.
    private readonly bool _goesByRows =
        options.Scoring.Sizing == ImageSizing.Tiled && options.Formats.Count == 0 && options.Postprocessing == _none
        && !model.RemovesRegions;

    private readonly bool _needsImage = options.ImageFormats.Any(format => format.NeedsImage);

    /// <summary>Writes the files of an image; bad ones are an error in the entry, or thrown.</summary>
    /// <exception cref="UnwritableException">A file could not be written.</exception>
    public ManifestEntry Segment(MaskFiles files)
    {
        // Before it is read: an image that is exchanged meanwhile is then another.
        ManifestEntry entry = ManifestEntry.Of(files);
        try
        {
            Write(files);
            return entry;
        }
        catch (Exception error) when (options.BadImagePolicy == BadImagePolicy.Skip && BadImage.Is(error))
        {
            return entry with { Formats = null, Error = ErrorReporting.OneLine(error.Message) };
        }
    }

    private void Write(MaskFiles files)
    {
        if (_goesByRows)
        {
            using var rows = ImageRowReader.Open(files.ImagePath, model.Options.SampleRange);
            Writing(() => model.Segment(rows, files.MaskPath, cancellation));
            return;
        }
        using MLImage? image = _needsImage ? ImageDecoder.Decode(files.ImagePath, model.Options.SampleRange) : null;
        using LentScorer scorer = model.Rent();
        SegmentedImage result = scorer.Score(
            image is null ? ImageSource.OfFile(files.ImagePath) : ImageSource.Of(image), cancellation);
        MaskPostprocessing.Apply(result.Mask, result.Width, result.Height, options.Postprocessing);
        var mask = new ImageMask(result, image, model.Palette, options.Postprocessing.Background);
        Writing(() =>
        {
            foreach (ImageFormat format in files.Formats) format.Write(files.PathOf(format), mask);

            // The mask comes last: where it is, so are the others.
            MaskPng.Write(files.MaskPath, result.Mask, result.Width, result.Height, model.Palette);
        });
    }

    // A name that is too long is the image's own; a full disk or a folder that may not be written to is not.
    private static void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException and not PathTooLongException or UnauthorizedAccessException)
        {
            throw new UnwritableException(error);
        }
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The columns and options of <see cref="SegmentImageTransformer"/>, checked.</summary>
internal sealed record SegmentImageSetup
{
    /// <exception cref="ArgumentException">A name is empty or taken twice, or an option is out of its range or contradicts another.</exception>
    public SegmentImageSetup(string outputColumnName, string inputColumnName, SegmentationSetup scoring)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        (OutputColumnName, InputColumnName, Scoring) = (outputColumnName, inputColumnName, scoring);
        OptionChecks.Names(outputColumnName, Options.ConfidenceColumnName, Options.OverlayColumnName, Options.ErrorColumnName, Options.WidthColumnName, Options.HeightColumnName);
        if (!(Options.OverlayOpacity is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(scoring), Options.OverlayOpacity, "Expected an OverlayOpacity from 0 to 1.");
        if (!Enum.IsDefined(Options.BadImagePolicy))
            throw new ArgumentOutOfRangeException(nameof(scoring), Options.BadImagePolicy, "The BadImagePolicy is unknown.");
        if (Options.ErrorColumnName is null == (Options.BadImagePolicy == BadImagePolicy.ErrorColumn))
        {
            throw new ArgumentException(
                $"The BadImagePolicy is {Options.BadImagePolicy} and the ErrorColumnName is {Options.ErrorColumnName ?? "null"}: "
                + $"give a name with {BadImagePolicy.ErrorColumn}, and null with any other.", nameof(scoring));
        }
        if (Options.OverlayColumnName is not null && Options.MaskSize != MaskSize.Image)
            throw new ArgumentException($"An overlay needs masks of the image's size, but MaskSize is {Options.MaskSize}.", nameof(scoring));
    }

    public string OutputColumnName { get; }

    public string InputColumnName { get; }

    public SegmentationSetup Scoring { get; }

    public SegmentImageOptions Options => (SegmentImageOptions)Scoring.Options;

    /// <summary>What is scored for the options: confidences too, where there is a column of them.</summary>
    public static SegmentationSetup Scored(OnnxModelInfo model, string source, SegmentImageOptions options) =>
        new(model, source, options, wantsConfidence: options.ConfidenceColumnName is not null);

    /// <summary>The images that a column holds or names; those of files have any size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It holds neither images nor text.</exception>
    public static ImageDataViewType ImageOf(DataViewSchema.Column column) => column.Type switch
    {
        ImageDataViewType image => image,
        TextDataViewType => new ImageDataViewType(),
        _ => throw ColumnTypes.Mismatch(column.Name, "Image or Text (paths)", column.Type),
    };

    /// <summary>The size of the masks of such images, as far as it is known.</summary>
    public ImageDataViewType MaskSizeFor(ImageDataViewType image)
    {
        if (Options.MaskSize == MaskSize.Image) return image;
        bool isKnown = Scoring.Sizing.Sizing is ImageSizing.Stretch or ImageSizing.Crop;
        if (!isKnown && !ColumnTypes.HasSize(image)) return new ImageDataViewType();
        ImageGeometry geometry = Scoring.Sizing.GeometryFor(Math.Max(image.Width, 1), Math.Max(image.Height, 1));
        return new ImageDataViewType(geometry.ScaledHeight, geometry.ScaledWidth);
    }
}

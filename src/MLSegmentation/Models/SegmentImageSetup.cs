using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The columns and options of <see cref="SegmentImageTransformer"/>, checked against its model.</summary>
internal sealed class SegmentImageSetup : ImageModelSetup<SegmentImageOptions>
{
    /// <exception cref="ArgumentException">
    /// A name is empty or taken twice, or an option is out of its range, contradicts another or does not fit the model's classes.
    /// </exception>
    /// <exception cref="InvalidDataException">The model does not segment.</exception>
    public SegmentImageSetup(string outputColumnName, string inputColumnName, OnnxModelSource source, SegmentImageOptions options)
        : base(outputColumnName, inputColumnName, source)
    {
        Scoring = new SegmentationSetup(Model, source.Name, options, wantsConfidence: options.ConfidenceColumnName is not null);
        if (!(options.OverlayOpacity is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.OverlayOpacity, "Expected an OverlayOpacity from 0 to 1.");
        }
        if (options.OverlayColumnName is not null && options.MaskSize != MaskSize.Image)
        {
            throw new ArgumentException(
                $"An overlay needs masks of the image's size, but MaskSize is {options.MaskSize}.", nameof(options));
        }
        CheckNames();
    }

    public SegmentationSetup Scoring { get; }

    public override SegmentImageOptions Options => (SegmentImageOptions)Scoring.Options;

    public override string? OnlyOutput => Scoring.Output;

    public override SegmentationOutput? ScoredOutput => Scoring.Scores;

    /// <summary>The columns of such options.</summary>
    /// <param name="outputColumnName">The name of the mask column.</param>
    /// <param name="options">The options.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="image">The type of the images.</param>
    /// <param name="mask">The type of images as large as their masks.</param>
    public static IReadOnlyList<OutputColumn> DescribeOutputs(
        string outputColumnName, SegmentImageOptions options, IReadOnlyList<string> classNames, ImageDataViewType image,
        ImageDataViewType mask) => new OutputColumns<SegmentedRow>()
        .Mask(outputColumnName, classNames, mask, row => row.Result.Mask)
        .Vector<float>(
            options.ConfidenceColumnName, ColumnTypes.PerPixel(NumberDataViewType.Single, mask), row => row.Result.Confidence)
        .Image(options.OverlayColumnName, image, row => row.DrawOverlay())
        .Value(options.BadImageColumnName, TextDataViewType.Instance, row => row.Error.AsMemory())
        .Value(options.WidthColumnName, NumberDataViewType.Int32, row => row.Result.Width)
        .Value(options.HeightColumnName, NumberDataViewType.Int32, row => row.Result.Height);

    public override IReadOnlyList<OutputColumn> DescribeOutputs(ImageDataViewType image) =>
        DescribeOutputs(OutputColumnName, Options, Scoring.ClassNames, image, MaskSizeFor(image));

    public override ScoredRow CreateRow(
        OnnxSession session, RowImageSource images, ImageDataViewType image, IReadOnlySet<string> wanted) =>
        new SegmentedRow(
            new ImageScorer(session, Scoring), this, images, MaskSizeFor(image),
            Options.OverlayColumnName is { } overlay && wanted.Contains(overlay));

    /// <summary>The size of the masks of such images, as far as it is known.</summary>
    private ImageDataViewType MaskSizeFor(ImageDataViewType image)
    {
        if (Options.MaskSize == MaskSize.Image) return image;
        bool isKnown = Scoring.Sizing.Sizing is ImageSizing.Stretch or ImageSizing.Crop;
        if (!isKnown && !ColumnTypes.HasSize(image)) return new ImageDataViewType();

        // What is padded is no part of a mask.
        ImageGeometry geometry = Scoring.Sizing.GeometryFor(
            Math.Max(image.Width, 1), Math.Max(image.Height, 1), multiple: 1);
        return new ImageDataViewType(geometry.ScaledHeight, geometry.ScaledWidth);
    }
}

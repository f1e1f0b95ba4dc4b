using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Segments the images of a column, or the image files that a column of paths names, with an ONNX model; there is nothing to learn, fitting only checks the input column.
/// Made by <c>mlContext.Transforms.SegmentImage</c>.
/// </summary>
/// <remarks>
/// The model has an input of type float and shape [N,1 or 3,H,W] that takes gray or RGB values from 0 to 255, and an output of type float and shape
/// [N,C,H,W], C at least 2. The output named <c>probabilities</c> is taken for what its name says. One of any other name is taken for
/// probabilities in an image where every pixel's scores lie in 0 to 1 and their sum is 1 within 0.001, and for logits, to which softmax is applied, where not.
/// </remarks>
public sealed class SegmentImageEstimator : IEstimator<SegmentImageTransformer>
{
    private readonly SegmentImageSetup _setup;
    private readonly OnnxModelSource _model;

    internal SegmentImageEstimator(string outputColumnName, string? inputColumnName, OnnxModelSource model, SegmentImageOptions? options)
    {
        var scoring = SegmentImageSetup.Scored(OnnxModelInfo.Of(model), model.Name, options ?? new SegmentImageOptions());
        _setup = new SegmentImageSetup(outputColumnName, inputColumnName ?? outputColumnName, scoring);
        _model = model;
    }

    /// <summary>Makes the transformer; the data is not read.</summary>
    /// <param name="input">Data with the column of images or paths.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or holds neither images nor text.</exception>
    /// <exception cref="FileNotFoundException">The model's file is gone.</exception>
    /// <exception cref="InvalidDataException">The model's file has another content than when the estimator was made.</exception>
    public SegmentImageTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        SegmentImageSetup.ImageOf(ColumnTypes.Find(input.Schema, _setup.InputColumnName));
        return new SegmentImageTransformer(_setup, _model);
    }

    /// <summary>The columns after the transformation.</summary>
    /// <param name="inputSchema">The columns before it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or holds no images.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ImageDataViewType image = ColumnShapes.RequireImageOrText(inputSchema, _setup.InputColumnName);
        return ColumnShapes.With(inputSchema, OutputShapes(_setup.OutputColumnName, _setup.Options, image, _setup.MaskSizeFor(image)));
    }

    /// <summary>The columns that scoring adds to rows with such images, whose masks have such sizes.</summary>
    internal static IEnumerable<SchemaShape.Column> OutputShapes(
        string outputColumnName, SegmentImageOptions options, ImageDataViewType image, ImageDataViewType mask)
    {
        yield return ColumnShapes.Mask(outputColumnName, mask);
        if (options.ConfidenceColumnName is { } confidence) yield return ColumnShapes.PerPixel(confidence, NumberDataViewType.Single, mask);
        if (options.OverlayColumnName is { } overlay) yield return ColumnShapes.Scalar(overlay, image);
        if (options.ErrorColumnName is { } error) yield return ColumnShapes.Scalar(error, TextDataViewType.Instance);
        if (options.WidthColumnName is { } width) yield return ColumnShapes.Scalar(width, NumberDataViewType.Int32);
        if (options.HeightColumnName is { } height) yield return ColumnShapes.Scalar(height, NumberDataViewType.Int32);
    }
}

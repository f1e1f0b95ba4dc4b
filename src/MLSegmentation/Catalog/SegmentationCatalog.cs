using Microsoft.ML;
using MLSegmentation.Metrics;

namespace MLSegmentation.Catalog;

/// <summary>What belongs to image segmentation and is no transform: <c>mlContext.Segmentation()</c>.</summary>
public sealed class SegmentationCatalog
{
    internal SegmentationCatalog(MLContext context) => Context = context;

    /// <summary>The context that the catalog belongs to.</summary>
    internal MLContext Context { get; }

    /// <summary>Compares predicted masks with true ones, pixel by pixel, over all rows.</summary>
    /// <param name="data">Data with both columns: masks as SegmentImage and ReadMasks make them, in a row of the same size.</param>
    /// <param name="labelColumnName">The true masks; pixels with key 0 count nowhere. Default <c>Label</c>.</param>
    /// <param name="predictedLabelColumnName">The predicted masks; key 0 counts as wrong. Default <c>PredictedLabel</c>.</param>
    /// <param name="options">Measures of boundaries, of calibration, and an interval. Default null: none of them.</param>
    /// <returns>The metrics, with the class names of the label column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds no masks, or an option is outside its range.</exception>
    /// <exception cref="ArgumentException">The columns have different classes.</exception>
    /// <exception cref="InvalidOperationException">The masks of a row differ in size, or no pixel has a label.</exception>
    public SegmentationMetrics Evaluate(
        IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel", SegmentationEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new MaskEvaluator(data, labelColumnName, predictedLabelColumnName, options ?? new SegmentationEvaluationOptions()).Evaluate();
    }

    /// <summary>
    /// The same scoring from ML.NET's own parts, for deployments without this package: ResizeImages, ExtractPixels, ApplyOnnxModel, MapValue, MapValueToKey.
    /// A zip of it loads where Microsoft.ML, Microsoft.ML.ImageAnalytics and Microsoft.ML.OnnxTransformer are.
    /// </summary>
    /// <remarks>
    /// Images are stretched to the given size by nearest neighbour, and the mask has that size: the same as SegmentImage's with the sizing native
    /// behind the same ResizeImages. The process that loads the zip also needs the native library of the package Microsoft.ML.OnnxRuntime.
    /// </remarks>
    /// <param name="outputColumnName">The name of the mask column: as SegmentImage makes it, but of variable length although its size is always width × height.</param>
    /// <param name="inputColumnName">The name of the image column.</param>
    /// <param name="modelFile">An <c>.onnx</c> file exported by this project: with the input <c>image</c> of 3 channels and the output <c>mask</c>.</param>
    /// <param name="width">The width to stretch images to, in pixels: a multiple of the model's, or the model's own where that is fixed.</param>
    /// <param name="height">The height, likewise.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, or not one of that kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model does not take that width or height.</exception>
    public IEstimator<ITransformer> StockPipeline(string outputColumnName, string inputColumnName, string modelFile, int width, int height) =>
        Catalog.StockPipeline.Create(Context, outputColumnName, inputColumnName, modelFile, width, height);
}

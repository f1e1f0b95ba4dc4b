using Microsoft.ML;

namespace MLSegmentation;

/// <summary>What belongs to image segmentation and is no transform: <c>mlContext.Segmentation</c>.</summary>
public sealed class SegmentationCatalog
{
    internal SegmentationCatalog(MLContext context) => Context = context;

    /// <summary>The context that the catalog belongs to.</summary>
    internal MLContext Context { get; }

    /// <summary>Compares predicted masks with true ones, pixel by pixel, over all rows.</summary>
    /// <param name="data">
    /// Data with both columns: masks as SegmentImage and ReadMasks make them, in a row of the same size.
    /// </param>
    /// <param name="labelColumnName">The true masks; pixels with key 0 count nowhere. Default <c>Label</c>.</param>
    /// <param name="predictedLabelColumnName">The predicted masks; key 0 counts as wrong. Default <c>PredictedLabel</c>.</param>
    /// <param name="options">Measures of boundaries, of calibration, and an interval. Default null: none of them.</param>
    /// <returns>The metrics, with the class names of the label column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A column is missing or holds no masks, or an option is outside its range.
    /// </exception>
    /// <exception cref="ArgumentException">The columns have different classes.</exception>
    /// <exception cref="InvalidOperationException">The masks of a row differ in size, or no pixel has a label.</exception>
    public SegmentationMetrics Evaluate(
        IDataView data, string labelColumnName = "Label", string predictedLabelColumnName = "PredictedLabel",
        SegmentationEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new MaskEvaluator(
            data, labelColumnName, predictedLabelColumnName, options ?? new SegmentationEvaluationOptions()).Evaluate();
    }

    /// <summary>
    /// Trains once for each fold on the rows of all others and measures on the fold's own. So every row is measured by a model
    /// that has not seen it. Folds are trained one after the other.
    /// </summary>
    /// <param name="data">The rows that <paramref name="estimator"/> is fitted to, at least a few for each fold.</param>
    /// <param name="estimator">
    /// A trainer, or a chain that ends in one; where <paramref name="data"/> holds paths and no masks, the chain reads them too.
    /// </param>
    /// <param name="numberOfFolds">Folds, at least 2. Default 5.</param>
    /// <param name="labelColumnName">As in <see cref="Evaluate"/>.</param>
    /// <param name="predictedLabelColumnName">The predicted masks; key 0 counts as wrong. Default <c>PredictedLabel</c>.</param>
    /// <param name="samplingKeyColumnName">
    /// A column whose equal values stay in one fold, such as the patient or the part that several images show. Default null:
    /// each row for itself.
    /// </param>
    /// <param name="seed">Equal seeds give equal folds. Default null: the seed of the <see cref="MLContext"/>.</param>
    /// <param name="options">As in <see cref="Evaluate"/>.</param>
    /// <returns>The model, the metrics and the scored rows of each fold; the caller disposes of the models.</returns>
    /// <remarks>
    /// Rows are put into folds as <c>mlContext.Data.CrossValidationSplit</c> puts them: by chance, so that folds differ in
    /// size.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or a column is missing.</exception>
    /// <exception cref="InvalidOperationException">A fold has no rows.</exception>
    public IReadOnlyList<CrossValidationResult> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5, string labelColumnName = "Label",
        string predictedLabelColumnName = "PredictedLabel", string? samplingKeyColumnName = null, int? seed = null,
        SegmentationEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfFolds, 2);
        if (samplingKeyColumnName is not null)
            ColumnTypes.Find(data.Schema, samplingKeyColumnName, nameof(samplingKeyColumnName));
        var splits = Context.Data.CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed);
        int empty = splits.ToList().FindIndex(split => !HasRows(split.TestSet));
        if (empty >= 0)
        {
            throw new InvalidOperationException(
                $"Fold {empty} of {numberOfFolds} has no rows, as rows are put into folds by chance. "
                + "Give fewer folds, more rows or another seed.");
        }
        var models = new List<ITransformer>();
        try
        {
            return [.. splits.Select((split, fold) =>
            {
                ITransformer model = estimator.Fit(split.TrainSet);
                models.Add(model);
                IDataView scored = model.Transform(split.TestSet);
                return new CrossValidationResult(
                    fold, model, Evaluate(scored, labelColumnName, predictedLabelColumnName, options), scored);
            })];
        }
        catch
        {
            foreach (ITransformer model in models) (model as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The same scoring from ML.NET's own parts, for deployments without this package: ResizeImages, ExtractPixels,
    /// ApplyOnnxModel, MapValue, MapValueToKey. A zip of it loads where Microsoft.ML, Microsoft.ML.ImageAnalytics and
    /// Microsoft.ML.OnnxTransformer are.
    /// </summary>
    /// <remarks>
    /// Images are stretched to the given size by nearest neighbour, and the mask has that size. It is the same as SegmentImage's
    /// with the sizing native behind the same ResizeImages. The process that loads the zip also needs the native library of the
    /// package Microsoft.ML.OnnxRuntime.
    /// </remarks>
    /// <param name="outputColumnName">
    /// The name of the mask column: as SegmentImage makes it, but of variable length although its size is always width ×
    /// height.
    /// </param>
    /// <param name="inputColumnName">The name of the image column.</param>
    /// <param name="modelFile">
    /// An <c>.onnx</c> file that gives the class of each pixel: exported by this project, with the input <c>image</c> of 3
    /// channels and the output <c>mask</c>, or one from elsewhere with an output of labels. ML.NET has no part that takes the
    /// best of several scores, and one mean and deviation for all channels.
    /// </param>
    /// <param name="imageWidth">
    /// The width to stretch images to, in pixels: a multiple of the model's, or the model's own where that is fixed.
    /// </param>
    /// <param name="imageHeight">
    /// The height to stretch images to, in pixels: a multiple of the model's, or the model's own where it is fixed.
    /// </param>
    /// <param name="options">
    /// What the model does not say: <c>Preparation</c>, <c>Output</c>, <c>Scores</c>, <c>Classes</c> and <c>ClassNames</c>.
    /// Default null: all is as the model says.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, or not one of that kind; the message names the part that cannot do it.
    /// </exception>
    /// <exception cref="ArgumentException">Another option is set, or nothing says how pixels are prepared.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model does not take that width or height.</exception>
    public IEstimator<ITransformer> StockPipeline(
        string outputColumnName, string inputColumnName, string modelFile, int imageWidth, int imageHeight,
        SegmentImageOptions? options = null) =>
        MLSegmentation.StockPipeline.Create(
            Context, outputColumnName, inputColumnName, modelFile, imageWidth, imageHeight, options ?? new SegmentImageOptions());

    private static bool HasRows(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([]);
        return cursor.MoveNext();
    }
}

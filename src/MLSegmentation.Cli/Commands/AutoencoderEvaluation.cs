using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>Measures an autoencoder: the mean squared error of its reconstructions, on a scale of 0 to 1.</summary>
internal static class AutoencoderEvaluation
{
    private const string ErrorColumn = "ReconstructionError";

    public static void Run(EvaluationRequest request, OnnxModelInfo info, CancellationToken cancellation)
    {
        if (request.NeedsMasks)
        {
            throw new UsageException($"The model '{request.Model}' is an autoencoder and knows no classes: leave '--masks', '--ignore', '--classes', '--pictures', "
                + "'--matrix', '--boundary', '--calibration' and '--bootstrap' out.");
        }
        var (error, images) = ProgressDisplay.Run("loading the model", request.IsJson, progress => MeanError(request, info, progress, cancellation));
        if (request.IsJson) JsonOutput.Write(new { meanSquaredError = error, images });
        else Console.WriteLine($"mean squared error  {error:F6}{Environment.NewLine}images  {images}");
    }

    private static (double Error, int Images) MeanError(EvaluationRequest request, OnnxModelInfo info, IProgress<ProgressStep> progress, CancellationToken cancellation)
    {
        var context = new MLContext();
        var (view, count) = PlainImages.Load(context, request.Images, request.Split, request.Part, request.Scoring.SampleRange ?? info.Metadata.SampleRange, progress, cancellation);
        var options = new ReconstructImageOptions { LatentColumnName = null, ErrorColumnName = ErrorColumn };
        using ReconstructImageTransformer model = new ReconstructImageEstimator("Reconstruction", "Image", request.Source, options).Fit(view);
        IDataView scored = model.Transform(view);
        DataViewSchema.Column column = scored.Schema[ErrorColumn];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<float> get = cursor.GetGetter<float>(column);
        double sum = 0;
        int images = 0;
        for (float error = 0; cursor.MoveNext(); images++)
        {
            cancellation.ThrowIfCancellationRequested();
            get(ref error);
            sum += error;
            progress.Report(new ProgressStep((images + 1.0) / count, $"image {images + 1} of {count}"));
        }
        return images > 0 ? (sum / images, images) : throw new InvalidDataException($"'{request.Images}' has no images.");
    }
}

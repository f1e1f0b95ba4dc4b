using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>
/// Measures an autoencoder: the mean squared error of its reconstructions, on a scale of 0 to 1, or the mean of the errors that
/// it gives itself.
/// </summary>
internal static class AutoencoderEvaluation
{
    private const string ErrorColumn = "ReconstructionError";

    /// <summary>Measures, and prints the error.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="source">The model.</param>
    /// <param name="seen">How it sees images.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Run(
        EvaluateOptions options, OnnxModelSource source, ReconstructImageOptions seen, CancellationToken cancellation)
    {
        var (error, images, provider) = ProgressDisplay.Run(
            "loading the model", options.IsJson, progress => MeanError(options, source, seen, progress, cancellation));
        ProviderReport.Print(seen, provider);
        if (options.IsJson)
            JsonOutput.Write(new { meanSquaredError = error, images, executionProvider = DeviceChoice.NameOf(provider) });
        else
            Console.WriteLine($"mean squared error  {error:F6}{Environment.NewLine}images  {images}");
    }

    private static (double Error, int Images, ExecutionProvider Provider) MeanError(
        EvaluateOptions options, OnnxModelSource source, ReconstructImageOptions seen, IProgress<ProgressStep> progress,
        CancellationToken cancellation)
    {
        var context = ToolContext.Create();
        SampleRange? range = seen.SampleRange ?? source.Info.Metadata.SampleRange;
        var (view, count) = PlainImages.Load(
            context, options.Images, options.Split, options.PartOr(CommonOptions.TestPart), range, progress, cancellation);
        seen = seen with { LatentColumnName = null, ErrorColumnName = ErrorColumn };
        using ReconstructImageTransformer model = new ReconstructImageEstimator(
            context, "Reconstruction", "Image", source, seen).Fit(view);
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
        return images > 0
            ? (sum / images, images, model.ExecutionProviderInUse!.Value)
            : throw new InvalidDataException($"'{options.Images}' has no images.");
    }
}

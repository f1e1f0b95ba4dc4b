using Microsoft.ML;

namespace MLSegmentation.Tests;

/// <summary>The three transforms that run a model on images, made alike.</summary>
internal static class ImageModels
{
    /// <summary>The name of each.</summary>
    public static IEnumerable<string> Kinds => ["segment", "reconstruct", "classify"];

    /// <summary>
    /// Each of them fitted, with an output column <c>Output</c> and, as asked for, a policy and a column <c>Error</c>, or what it
    /// runs on.
    /// </summary>
    public static RowTransformer Fit(
        MLContext context, string kind, IDataView data, string column, BadImagePolicy policy = BadImagePolicy.Throw,
        ExecutionProvider? provider = null, int? device = null)
    {
        string? error = policy == BadImagePolicy.ErrorColumn ? "Error" : null;
        return kind switch
        {
            "segment" => context.Transforms.SegmentImage(
                "Output", column, TestGraphs.BrightestChannel(),
                new()
                {
                    ConfidenceColumnName = "Confidence",
                    BadImagePolicy = policy,
                    BadImageColumnName = error,
                    ExecutionProvider = provider,
                    DeviceId = device,
                }).Fit(data),
            "reconstruct" => context.Transforms.ReconstructImage(
                "Output", column, TestGraphs.Halving(),
                new()
                {
                    ErrorMapColumnName = "Map",
                    AnomalyScoreColumnName = "Anomaly",
                    BadImagePolicy = policy,
                    BadImageColumnName = error,
                    ExecutionProvider = provider,
                    DeviceId = device,
                }).Fit(data),
            "classify" => context.Transforms.ClassifyImage(
                "Output", column, TestGraphs.BrightestMean(),
                new()
                {
                    BadImagePolicy = policy,
                    BadImageColumnName = error,
                    ExecutionProvider = provider,
                    DeviceId = device,
                }).Fit(data),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>What a model runs on.</summary>
    public static ExecutionProvider? ProviderOf(RowTransformer model) => model switch
    {
        SegmentImageTransformer one => one.ExecutionProviderInUse,
        ReconstructImageTransformer one => one.ExecutionProviderInUse,
        ClassifyImageTransformer one => one.ExecutionProviderInUse,
        _ => throw new ArgumentOutOfRangeException(nameof(model)),
    };

    /// <summary>The rows left out so far.</summary>
    public static long SkippedRows(RowTransformer model) => model switch
    {
        SegmentImageTransformer one => one.SkippedRows,
        ReconstructImageTransformer one => one.SkippedRows,
        ClassifyImageTransformer one => one.SkippedRows,
        _ => throw new ArgumentOutOfRangeException(nameof(model)),
    };
}

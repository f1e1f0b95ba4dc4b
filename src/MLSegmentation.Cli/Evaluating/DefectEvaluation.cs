using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Cli;

/// <summary>
/// Measures how well an autoencoder's errors find defects: the area under the receiver operating characteristic over images, by
/// their anomaly scores, and over pixels, by the error maps. Pixels above 0 of the masks are defects, and images that have any.
/// </summary>
internal static class DefectEvaluation
{
    private const string Output = "Reconstruction", Map = "ErrorMap", Score = "AnomalyScore", Mask = "Label";
    private static readonly string[] _kinds = ["flawless", "defect"];

    /// <summary>Measures, and prints what was found.</summary>
    /// <param name="options">What is measured; it has masks.</param>
    /// <param name="source">The model.</param>
    /// <param name="seen">How it sees images.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Run(
        EvaluateOptions options, OnnxModelSource source, ReconstructImageOptions seen, CancellationToken cancellation)
    {
        using LabelledSet set = LabelledSet.Open(
            options, options.PartOr(CommonOptions.TestPart), classNames: null, options.IsJson, cancellation);
        var (scores, pixels, provider) = ProgressDisplay.Run(
            "loading the model", options.IsJson, progress => Measure(source, seen, set, progress, cancellation));
        ProviderReport.Print(seen, provider);
        if (options.IsJson)
        {
            JsonOutput.Write(new
            {
                imageAuroc = scores.Area,
                pixelAuroc = pixels.Area,
                images = set.Samples.Count,
                defectiveImages = scores.Defective.Count,
                executionProvider = DeviceChoice.NameOf(provider),
            });
            return;
        }
        Console.WriteLine($"image AUROC  {Text(scores.Area)}");
        Console.WriteLine($"pixel AUROC  {Text(pixels.Area)}");
        Console.WriteLine($"images  {set.Samples.Count}, defective {scores.Defective.Count}");
    }

    private static string Text(double? area) =>
        area?.ToString("F4", CultureInfo.InvariantCulture) ?? "none: all are of one kind";

    private static (Errors Scores, Errors Pixels, ExecutionProvider Provider) Measure(
        OnnxModelSource source, ReconstructImageOptions seen, LabelledSet set, IProgress<ProgressStep> progress,
        CancellationToken cancellation)
    {
        var context = ToolContext.Create();
        SampleRange? range = seen.SampleRange ?? source.Info.Metadata.SampleRange;
        IDataView files = context.Data.LoadFromEnumerable(
            new WatchedRows<SegmentationFolderRow>(set.Rows, progress, cancellation));
        var masks = new ReadMasksOptions { Threshold = 1, IgnoreLabel = set.Ignore };
        IDataView images = context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath), range)
            .Append(context.Transforms.ReadMasks(Mask, null, _kinds, nameof(SegmentationFolderRow.MaskPath), masks))
            .Fit(files).Transform(files);
        using ReconstructImageTransformer model = new ReconstructImageEstimator(
            context, Output, "Image", source,
            seen with
            {
                LatentColumnName = null,
                ErrorColumnName = null,
                ErrorMapColumnName = Map,
                AnomalyScoreColumnName = Score,
            }).Fit(images);
        IDataView scored = model.Transform(images);
        Errors scores = new([], []), pixels = new([], []);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[Mask], scored.Schema[Map], scored.Schema[Score]]);
        var getMask = cursor.GetGetter<VBuffer<uint>>(scored.Schema[Mask]);
        var getMap = cursor.GetGetter<VBuffer<float>>(scored.Schema[Map]);
        var getScore = cursor.GetGetter<float>(scored.Schema[Score]);
        VBuffer<uint> mask = default;
        VBuffer<float> map = default;
        float score = 0;
        while (cursor.MoveNext())
        {
            getMask(ref mask);
            getMap(ref map);
            getScore(ref score);
            bool isDefective = false;
            foreach (var (key, error) in mask.DenseValues().Zip(map.DenseValues()))
            {
                bool isDefect = key == _kinds.Length;
                pixels.Of(isDefect).Add(error);
                isDefective |= isDefect;
            }
            scores.Of(isDefective).Add(score);
        }
        return (scores, pixels, model.ExecutionProviderInUse!.Value);
    }

    private sealed record Errors(List<float> Defective, List<float> Flawless)
    {
        public double? Area => Defective.Count > 0 && Flawless.Count > 0 ? RocCurve.Area(Defective, Flawless) : null;

        public List<float> Of(bool isDefective) => isDefective ? Defective : Flawless;
    }
}

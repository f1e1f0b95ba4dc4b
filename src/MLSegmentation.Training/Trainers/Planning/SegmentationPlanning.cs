using Microsoft.ML;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Plans a segmentation: first by the images, then by the machine.</summary>
internal static class SegmentationPlanning
{
    private const int Channels = 3;

    /// <summary>Looks at the images, tries a few steps, and makes every choice that the options leave open.</summary>
    /// <param name="options">The options.</param>
    /// <param name="input">The rows.</param>
    /// <param name="graph">The network.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="device">Where it is trained.</param>
    public static (SegmentationTrainerOptions Options, TrainingPlan Plan) Run(
        SegmentationTrainerOptions options, IDataView input, LayerGraph graph, string[] classNames, Device device)
    {
        var reader = new SegmentationRowReader(
            options.ImageColumnName, options.LabelColumnName, classNames, ImageSizing.Native, 0, 0);
        var data = SegmentationFingerprint.Of(
            input, reader, options.ImageColumnName, options.LabelColumnName, classNames.Length, options.CancellationToken);
        bool hasBatch = options.BatchSize is not null;
        var planner = new SegmentationPlanner(data, graph, classNames);
        SegmentationTrainerOptions planned = planner.Choose(options);
        var machine = new MachinePlanner(
            graph, device, TrialLoss(planned.Loss, classNames.Length, device), StepMemory.CopiesOf(planned.Loss));
        // An image is kept with a byte a pixel for its label.
        long pixels = planned.Sizing == ImageSizing.Native ? data.Areas.Largest : (long)planned.ImageWidth * planned.ImageHeight;
        long memory = StepMemory.Allowed(planned, data.Images * pixels * (Channels + 1));
        planned = machine.ChooseMemory(planned, hasBatch, WindowOf(planned), memory, planner.Table);
        planned = machine.ChoosePrecision(planned, WindowOf(planned), planner.Table);
        if (options.WindowWidth == 0) planned = FitWindow(planned, machine, graph.SizeMultiple, planner.Table);
        machine.AddTime(planned, WindowOf(planned), data.Images, planner.Table);
        return (planned, planner.Table.Plan);
    }

    /// <summary>A smaller window where the minutes have too few steps with the usual one.</summary>
    private static SegmentationTrainerOptions FitWindow(
        SegmentationTrainerOptions planned, MachinePlanner machine, int multiple, ChoiceTable table)
    {
        if (planned.TimeBudget is not { } budget || planned.ShowsTheSameImages) return planned;
        double batches = budget / machine.TimeOfStep(planned, WindowOf(planned));
        var window = SegmentationRules.FitWindow((planned.WindowWidth, planned.WindowHeight), multiple, batches);
        if (window == (planned.WindowWidth, planned.WindowHeight)) return planned;
        string why = $"of {planned.WindowWidth}x{planned.WindowHeight} the minutes have {Plural.Of((long)batches, "batch")}, "
            + $"less than {TrainingLength.LeastBatches}";
        table.Add("window", $"{window.Width}x{window.Height}", why, isOfMachine: true);
        return planned with { WindowWidth = window.Width, WindowHeight = window.Height };
    }

    private static Shape WindowOf(SegmentationTrainerOptions planned) =>
        Shape.Map(Channels, planned.WindowWidth, planned.WindowHeight);

    /// <summary>The loss of the training, of labels with every class: some losses skip those without a pixel.</summary>
    private static Func<Tensor, Tensor, Tensor> TrialLoss(SegmentationLossOptions options, int classes, Device device)
    {
        float[] weights = options.ClassWeights is { } given ? [.. given] : [.. Enumerable.Repeat(1f, classes)];
        var loss = new SegmentationLoss(weights, options, device);
        return (images, scores) =>
        {
            long[] shape = [scores.shape[0], scores.shape[2], scores.shape[3]];
            Tensor places = arange(shape[0] * shape[1] * shape[2], int64, device: scores.device);
            return loss.Compute(scores, places.remainder(classes).reshape(shape), images);
        };
    }
}

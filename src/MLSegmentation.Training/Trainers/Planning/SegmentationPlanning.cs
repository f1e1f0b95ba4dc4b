using Microsoft.ML;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Plans a segmentation: first by the images, then by the machine.</summary>
internal static class SegmentationPlanning
{
    private const int Channels = 3;

    /// <summary>Looks at the images, tries two steps, and makes every choice that the options leave open.</summary>
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
        Shape window = Shape.Map(Channels, planned.WindowWidth, planned.WindowHeight);
        var machine = new MachinePlanner(graph, device, Loss);
        planned = machine.ChooseMemory(planned, hasBatch, window, planner.Table);
        planned = machine.ChoosePrecision(planned, window, data.Images, planner.Table);
        return (planned, planner.Table.Plan);
    }

    /// <summary>The cross-entropy of labels that are all the first class: what it costs is as for any other.</summary>
    private static Tensor Loss(Tensor images, Tensor scores)
    {
        Tensor labels = zeros([scores.shape[0], scores.shape[2], scores.shape[3]], int64, device: scores.device);
        return nn.functional.cross_entropy(scores, labels);
    }
}

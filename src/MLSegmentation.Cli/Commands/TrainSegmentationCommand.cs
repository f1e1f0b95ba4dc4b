using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg train segmentation</c>.</summary>
internal static class TrainSegmentationCommand
{
    public static Command Create() => new Command("segmentation", "Train a network that gives every pixel a class.")
        .Runs(TrainSegmentationGroup.Create(), SegmentationTraining.Run);
}

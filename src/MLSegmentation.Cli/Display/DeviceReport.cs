using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Says what a training runs on.</summary>
internal static class DeviceReport
{
    /// <summary>Passes on what the trainings of a context say of their device, as a line that a log must have.</summary>
    public static void Follow(MLContext context, IProgress<ProgressStep> progress) => context.Log += (_, line) =>
    {
        if (line.Source == TrainingSetup.DeviceLogName && line.Kind == ChannelMessageKind.Info)
            progress.Report(new ProgressStep(0, line.RawMessage, IsMilestone: true));
    };
}

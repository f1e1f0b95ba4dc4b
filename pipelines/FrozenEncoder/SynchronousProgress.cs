using MLSegmentation.Training;

/// <summary>Reports on the thread that trains, before its next step.</summary>
internal sealed class SynchronousProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}

namespace MLSegmentation.Training.Tests;

/// <summary>Reports on the thread that trains; <see cref="Progress{T}"/> would post them to another.</summary>
internal sealed class SynchronousProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}

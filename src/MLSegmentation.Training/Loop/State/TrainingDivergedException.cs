namespace MLSegmentation.Training;

/// <summary>
/// Training stopped because the loss was no longer a number. The last weights that are known to be good are not lost:
/// <see cref="Model"/> holds them as an exported model.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string message, bool hasTrainedWeights)
        : base(message) => HasTrainedWeights = hasTrainedWeights;

    internal TrainingDivergedException(TrainingDivergedException cause, byte[] model)
        : base(cause.Message, cause) => (Model, HasTrainedWeights) = (model, true);

    /// <summary>
    /// The bytes of an <c>.onnx</c> file with the last good weights; empty where training stopped in its first epoch.
    /// </summary>
    public ReadOnlyMemory<byte> Model { get; }

    /// <summary>Whether the network was left with weights of a training that is worth keeping.</summary>
    internal bool HasTrainedWeights { get; }
}

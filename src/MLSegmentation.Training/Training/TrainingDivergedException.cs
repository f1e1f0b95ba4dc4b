namespace MLSegmentation.Training;

/// <summary>
/// Training stopped because the loss was no longer a number. The last weights that are known to be good are not lost:
/// <see cref="Model"/> holds them as an exported model.
/// </summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string message)
        : base(message)
    {
    }

    internal TrainingDivergedException(TrainingDivergedException cause, byte[] model)
        : base(cause.Message, cause) => Model = model;

    /// <summary>The bytes of an <c>.onnx</c> file with the last good weights; empty where the trainer could not export any.</summary>
    public ReadOnlyMemory<byte> Model { get; }
}

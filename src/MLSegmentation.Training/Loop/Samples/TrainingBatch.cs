using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>One batch, still as plain arrays so that another thread can prepare it.</summary>
/// <param name="Count">Images.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Images">
/// [count, height, width, channels], 0 to 255: the order in which convolutions on a processor are fastest.
/// </param>
/// <param name="Labels">
/// [count, height, width], a class or <see cref="TrainingSample.Ignored"/>, or [count], the class of each image; empty for an
/// autoencoder.
/// </param>
internal sealed record TrainingBatch(int Count, int Channels, int Height, int Width, float[] Images, byte[] Labels)
{
    /// <summary>The rows that the images were made of, and whether they were mirrored.</summary>
    public IReadOnlyList<(int Row, bool IsFlipped)> Views { get; init; } = [];

    /// <summary>The images as (N, C, H, W), in memory channels last.</summary>
    public Tensor ImageTensor(Device device) => tensor(Images, [Count, Height, Width, Channels]).permute(0, 3, 1, 2).to(device);
}

using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A training image at the network's scale, with its labels.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Red, green and blue of each pixel in turn (or one gray value), row by row.</param>
/// <param name="Labels">
/// The class of each pixel, or <see cref="Ignored"/>; the one class of a whole image; empty for an autoencoder.
/// </param>
internal sealed record TrainingSample(int Width, int Height, byte[] Pixels, byte[] Labels)
{
    /// <summary>The label of a pixel that counts nowhere.</summary>
    public const byte Ignored = 255;

    /// <summary>The row among those that are trained on, or validated with, from 0.</summary>
    public int Row { get; init; }

    /// <summary>Bytes held in memory.</summary>
    public long Size => Pixels.Length + Labels.Length;

    /// <summary>The images of samples of one size as (N, C, H, W), 0 to 255.</summary>
    public static Tensor ImageTensor(IReadOnlyList<TrainingSample> samples, Device device)
    {
        var (width, height, pixels) = (samples[0].Width, samples[0].Height, samples[0].Pixels);
        byte[] all = samples.Count == 1 ? pixels : [.. samples.SelectMany(sample => sample.Pixels)];
        return tensor(all, [samples.Count, height, width, pixels.Length / (height * width)])
            .permute(0, 3, 1, 2).to(float32).to(device);
    }
}

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
}

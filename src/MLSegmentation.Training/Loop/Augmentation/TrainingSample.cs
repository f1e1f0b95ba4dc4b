using System.Numerics;

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

    // Threads may compute it twice; they come to the same.
    private float _mean = float.NaN;

    /// <summary>The row among those that are trained on, or validated with, from 0.</summary>
    public int Row { get; init; }

    /// <summary>Values of a pixel.</summary>
    public int Channels => Pixels.Length / (Width * Height);

    /// <summary>Bytes held in memory.</summary>
    public long Size => Pixels.Length + Labels.Length;

    /// <summary>The mean of all values, 0 to 255.</summary>
    public float Mean => float.IsNaN(_mean) ? _mean = (float)((double)Sum(Pixels) / Pixels.Length) : _mean;

    private static long Sum(ReadOnlySpan<byte> values)
    {
        long sum = 0;
        int i = 0;
        for (; i + Vector<byte>.Count <= values.Length; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(values[i..]), out var low, out var high);
            sum += Vector.Sum(low + high);
        }
        foreach (byte value in values[i..]) sum += value;
        return sum;
    }
}

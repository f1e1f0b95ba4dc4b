using System.Buffers;

namespace MLSegmentation;

/// <summary>Reads a mask in the size of the image off a graph's scores. Pure: numbers in, numbers out.</summary>
internal static class ScoreReader
{
    // Larger buffers are not left in the pool.
    private const int MostRented = 1 << 24;

    /// <summary>
    /// The best class of each pixel of the image's part as a key (class k is key k + 1, the first of equals wins), and its
    /// probability. Scores of another size than the part are resized to it before they are compared.
    /// </summary>
    /// <param name="scores">The scores; a pixel without any number, or with logits that are not all numbers, has key 0.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives one key a pixel of the part; it has the image's size.</param>
    /// <param name="confidence">
    /// Receives the best class's probability, one a pixel of the part; empty where nobody asks for it.
    /// </param>
    public static void Read(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        if (scores.Meaning.AreVotes)
        {
            LabelReader.ReadVotes(scores, geometry, mask);
            return;
        }
        if (scores.Meaning.IsForeground)
        {
            ForegroundReader.Read(scores, geometry, mask, confidence);
            return;
        }
        bool isNative = scores.Height == geometry.TensorHeight && scores.Width == geometry.TensorWidth;
        if (isNative && !geometry.Shrinks || !scores.Meaning.IsActivatedFirst)
        {
            ReadPlanes(scores, geometry, mask, confidence);
            return;
        }
        float[] rented = ArrayPool<float>.Shared.Rent(scores.Values.Length <= MostRented ? scores.Values.Length : 0);
        float[] buffer = rented;
        ReadPlanes(scores.ToProbabilities(ref buffer), geometry, mask, confidence);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Gives key 0 to pixels whose probability is below the threshold.</summary>
    public static void Reject(ReadOnlySpan<float> confidence, float threshold, Span<uint> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            if (confidence[i] < threshold) mask[i] = 0;
        }
    }

    /// <summary>The graph's own mask, [H,W] classes of the tensor, cropped to a part that was not resized; as keys.</summary>
    public static void Crop(ReadOnlySpan<byte> classes, ImageGeometry geometry, Span<uint> mask)
    {
        for (int y = 0; y < geometry.PartHeight; y++)
        {
            int i = (geometry.PartTop + y) * geometry.ImageWidth + geometry.PartLeft;
            foreach (byte index in classes.Slice(y * geometry.TensorWidth, geometry.PartWidth)) mask[i++] = index + 1u;
        }
    }

    private static void ReadPlanes(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        if (geometry.Shrinks || scores.IsFinerThan(geometry))
        {
            ScoreResizer.Read(scores, geometry, mask, confidence);
            return;
        }
        using var upscaler = new ScoreUpscaler(scores, geometry);
        upscaler.Read(scores, mask, confidence);
    }
}

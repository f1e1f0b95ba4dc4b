using System.Buffers;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Reads a mask off scores that are coarser than the tensor, or larger than the image's part: planes are resized before they are
/// compared.
/// </summary>
internal static class ScoreResizer
{
    // Larger buffers are not left in the pool.
    private const int MostRented = 1 << 24;

    /// <summary>Reads the mask, and the confidence unless its span is empty; both have the image's size.</summary>
    /// <param name="scores">Scores of any size.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives the keys of the image's part.</param>
    /// <param name="confidence">Receives the best class's probability, or is empty.</param>
    public static void Read(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(
            scores.AreLogits && scores.Values.Length <= MostRented ? scores.Values.Length : 0), buffer = rented;
        ReadProbabilities(scores.ToProbabilities(ref buffer), geometry, mask, confidence);
        ArrayPool<float>.Shared.Return(rented);
    }

    private static void ReadProbabilities(
        ClassScores probabilities, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        int left = geometry.PartLeft, top = geometry.PartTop, columns = geometry.PartWidth;
        var plane = new ScorePlane(probabilities.Height, probabilities.Width, geometry);
        var best = new float[columns * geometry.PartHeight];
        Array.Fill(best, -1);
        for (int index = 0; index < probabilities.Classes; index++)
        {
            ReadOnlySpan<float> values = plane.ToImage(probabilities.Plane(index));
            for (int y = 0; y < geometry.PartHeight; y++)
            {
                Span<uint> keys = mask.Slice((top + y) * geometry.ImageWidth + left, columns);
                if (index == 0) keys.Clear();
                BestClass.Raise(values.Slice(y * columns, columns), (uint)index + 1, keys, best.AsSpan(y * columns, columns));
            }
        }
        for (int y = 0; y < geometry.PartHeight && confidence.Length > 0; y++)
        {
            ReadOnlySpan<float> row = best.AsSpan(y * columns, columns);
            TensorPrimitives.Max(row, 0, confidence.Slice((top + y) * geometry.ImageWidth + left, columns));
        }
    }
}

using System.Buffers;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Reads a mask off scores that are finer than the tensor, or larger than the image's part: planes are resized before they are
/// compared.
/// </summary>
internal static class ScoreResizer
{
    /// <summary>Reads the mask, and the confidence unless its span is empty; both have the image's size.</summary>
    /// <param name="scores">Scores of any size: probabilities, or to be interpolated as they are.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives the keys of the image's part.</param>
    /// <param name="confidence">Receives the best class's probability, or is empty.</param>
    public static void Read(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        bool areLogits = scores.Meaning.Activation == ScoreActivation.Softmax;
        int left = geometry.PartLeft, top = geometry.PartTop, columns = geometry.PartWidth;
        var plane = new ScorePlane(scores.Height, scores.Width, geometry);
        var best = new float[columns * geometry.PartHeight];
        Array.Fill(best, float.NegativeInfinity);
        for (int index = 0; index < scores.Planes; index++)
        {
            ReadOnlySpan<float> values = plane.ToImage(scores.Plane(index));
            for (int y = 0; y < geometry.PartHeight; y++)
            {
                Span<uint> keys = mask.Slice((top + y) * geometry.ImageWidth + left, columns);
                if (index == 0) keys.Clear();
                ReadOnlySpan<float> row = values.Slice(y * columns, columns);
                Span<float> highest = best.AsSpan(y * columns, columns);
                if (areLogits) BestClass.RaiseLogits(row, (uint)index + 1, keys, highest);
                else BestClass.Raise(row, (uint)index + 1, keys, highest);
            }
        }
        if (confidence.Length == 0) return;
        if (areLogits) MakeProbabilities(scores, plane, best);
        for (int y = 0; y < geometry.PartHeight; y++)
        {
            Span<float> row = confidence.Slice((top + y) * geometry.ImageWidth + left, columns);
            best.AsSpan(y * columns, columns).CopyTo(row);
            scores.Meaning.FinishConfidence(row);
        }
    }

    /// <summary>Makes the softmax of the best logits of them, and minus infinity where there is none.</summary>
    private static void MakeProbabilities(ClassScores scores, ScorePlane plane, Span<float> best)
    {
        float[] sums = new float[best.Length], buffer = ArrayPool<float>.Shared.Rent(best.Length);
        Span<float> odds = buffer.AsSpan(0, best.Length);
        for (int index = 0; index < scores.Planes; index++)
        {
            TensorPrimitives.Subtract(plane.ToImage(scores.Plane(index)), best, odds);
            TensorPrimitives.Exp<float>(odds, odds);
            TensorPrimitives.Add(sums, odds, sums);
        }
        ArrayPool<float>.Shared.Return(buffer);

        // Infinite are those without a class.
        for (int i = 0; i < best.Length; i++) best[i] = float.IsFinite(best[i]) ? 1 / sums[i] : float.NegativeInfinity;
    }
}

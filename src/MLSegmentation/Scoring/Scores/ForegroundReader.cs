using System.Numerics;

namespace MLSegmentation;

/// <summary>
/// Reads a mask off the scores of a foreground: one plane, resized and compared with the threshold row by row.
/// </summary>
internal static class ForegroundReader
{
    private const uint Background = 1, Foreground = 2;

    /// <summary>Reads the mask, and the confidence unless its span is empty; both have the image's size.</summary>
    /// <param name="scores">One plane of any size: probabilities, or logits that are interpolated as they are.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives the keys of the image's part.</param>
    /// <param name="confidence">
    /// Receives the probability of the foreground there, and of the background elsewhere; or is empty.
    /// </param>
    public static void Read(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        if (geometry.Shrinks || scores.IsFinerThan(geometry))
        {
            ReadPlane(scores, geometry, mask, confidence);
            return;
        }
        using ScoreRows tensor = ScoreRows.OfTensor(scores, geometry), part = tensor.ToPart(geometry);
        ScoreRows rows = geometry.IsResized ? part : tensor;
        for (int y = 0; y < geometry.PartHeight; y++)
            ReadRow(rows.At(scores, y, out _), y, scores.Meaning, geometry, mask, confidence);
    }

    /// <summary>The class of each pixel of a row.</summary>
    /// <param name="scores">The scores: logits or probabilities.</param>
    /// <param name="meaning">Which of them they are, and the threshold.</param>
    /// <param name="keys">
    /// Receives 2, the foreground, where the score reaches the threshold, 1 where it does not, 0 where it is not a number.
    /// </param>
    /// <param name="confidence">Receives the probability of that class, 0 without one; or is empty.</param>
    public static void Find(
        ReadOnlySpan<float> scores, ScoreMeaning meaning, Span<uint> keys, Span<float> confidence)
    {
        float least = meaning.Activation == ScoreActivation.Sigmoid
            ? LogitOf(meaning.ForegroundThreshold)
            : meaning.ForegroundThreshold;
        int x = 0;
        var threshold = new Vector<float>(least);
        Vector<uint> foreground = new(Foreground), background = new(Background);
        for (; x <= scores.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> score = new(scores[x..]);
            Vector<uint> isForeground = Vector.AsVectorUInt32(Vector.GreaterThanOrEqual(score, threshold)),
                isNumber = Vector.AsVectorUInt32(Vector.Equals(score, score));
            Vector.ConditionalSelect(isForeground, foreground, background & isNumber).CopyTo(keys[x..]);
        }
        for (; x < scores.Length; x++)
            keys[x] = scores[x] >= least ? Foreground : float.IsNaN(scores[x]) ? 0 : Background;
        if (confidence.Length > 0) FindConfidence(scores, meaning, keys, confidence);
    }

    /// <summary>The logit of a probability; infinite for 0 and 1.</summary>
    public static float LogitOf(float probability) => (float)Math.Log(probability / (1.0 - probability));

    private static void ReadPlane(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        ReadOnlySpan<float> plane = new ScorePlane(scores.Height, scores.Width, geometry).ToImage(scores.Values);
        for (int y = 0; y < geometry.PartHeight; y++)
            ReadRow(plane[(y * geometry.PartWidth)..], y, scores.Meaning, geometry, mask, confidence);
    }

    private static void ReadRow(
        ReadOnlySpan<float> row, int y, ScoreMeaning meaning, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        int at = (geometry.PartTop + y) * geometry.ImageWidth + geometry.PartLeft, columns = geometry.PartWidth;
        Find(
            row[..columns], meaning, mask.Slice(at, columns), confidence.Length > 0 ? confidence.Slice(at, columns) : []);
    }

    private static void FindConfidence(
        ReadOnlySpan<float> scores, ScoreMeaning meaning, ReadOnlySpan<uint> keys, Span<float> confidence)
    {
        meaning.Activate(scores, confidence);
        for (int x = 0; x < confidence.Length; x++)
        {
            // Of probabilities that a graph computed, some may be beyond 0 or 1 in the last digit.
            float foreground = Math.Clamp(confidence[x], 0, 1);
            confidence[x] = keys[x] switch { Foreground => foreground, Background => 1 - foreground, _ => 0 };
        }
    }
}

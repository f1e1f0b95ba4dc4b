using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Logits of the probabilities that were made of them, to interpolate. Of a softmax they differ from those that it was given by a
/// number that all classes share, so that they have the same softmax, interpolated too.
/// </summary>
internal static class ScoreLogits
{
    // A float holds no probability nearer to 0 with all its digits, and none nearer to 1.
    private const float Least = 1.1754944e-38f, Most = 1 - (1f / (1 << 24));

    /// <summary>Works logits out.</summary>
    /// <param name="probabilities">The probabilities.</param>
    /// <param name="activation">What made them.</param>
    /// <param name="logits">Receives as many logits; may be the probabilities themselves.</param>
    public static void Of(ReadOnlySpan<float> probabilities, ScoreActivation activation, Span<float> logits)
    {
        if (activation == ScoreActivation.Softmax)
        {
            TensorPrimitives.Max(probabilities, Least, logits);
            TensorPrimitives.Log(logits, logits);
            return;
        }
        for (int i = 0; i < probabilities.Length; i++)
        {
            float probability = Math.Clamp(probabilities[i], Least, Most);
            logits[i] = MathF.Log(probability / (1 - probability));
        }
    }

    /// <summary>
    /// Works the logits of a foreground out of its probabilities and those of the background: near 1, these have the digits that
    /// those have not.
    /// </summary>
    /// <param name="probabilities">The background's probabilities, then those of the foreground.</param>
    /// <param name="logits">Receives as many numbers, of which the second half are the foreground's logits.</param>
    public static void OfPair(ReadOnlySpan<float> probabilities, Span<float> logits)
    {
        Of(probabilities, ScoreActivation.Softmax, logits);
        int pixels = probabilities.Length / 2;
        Span<float> foreground = logits.Slice(pixels, pixels);
        TensorPrimitives.Subtract(foreground, logits[..pixels], foreground);
    }
}

using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>The softmax that makes probabilities of logits.</summary>
internal static class ScoreSoftmax
{
    private const float Tolerance = 1e-3f;

    /// <summary>Whether every pixel's scores are within 0 to 1 and their sum is 1 (within 0.001), as after a softmax.</summary>
    public static bool AreProbabilities(ReadOnlySpan<float> scores, int classes)
    {
        if (TensorPrimitives.Min(scores) < -Tolerance || TensorPrimitives.Max(scores) > 1 + Tolerance) return false;
        int pixels = scores.Length / classes;
        for (int i = 0; i < pixels; i++)
        {
            float sum = 0;
            for (int index = 0; index < classes; index++) sum += scores[index * pixels + i];
            if (!(MathF.Abs(sum - 1) <= Tolerance)) return false;
        }
        return true;
    }

    /// <summary>Softmax over the classes of [C,H,W] logits.</summary>
    /// <param name="logits">[C,H,W].</param>
    /// <param name="classes">C.</param>
    /// <param name="probabilities">Receives [C,H,W].</param>
    public static void Apply(ReadOnlySpan<float> logits, int classes, Span<float> probabilities)
    {
        int pixels = logits.Length / classes;
        Apply(logits, pixels, classes, probabilities, pixels, pixels);
    }

    /// <summary>Softmax of some pixels.</summary>
    /// <param name="logits">The pixels' logits of one class, then, as far on as planes are apart, those of the next.</param>
    /// <param name="plane">How far the logits' planes are apart.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="probabilities">Receives the probabilities, laid out as the logits are.</param>
    /// <param name="probabilityPlane">How far their planes are apart.</param>
    /// <param name="pixels">The number of pixels.</param>
    public static void Apply(
        ReadOnlySpan<float> logits, int plane, int classes, Span<float> probabilities, int probabilityPlane, int pixels)
    {
        // Pieces that the processor's cache holds.
        const int Piece = 512;
        Span<float> highest = stackalloc float[Piece], sum = stackalloc float[Piece];
        for (int at = 0; at < pixels; at += Piece)
        {
            int count = Math.Min(Piece, pixels - at);
            Apply(logits[at..], plane, classes, probabilities[at..], probabilityPlane, highest[..count], sum[..count]);
        }
    }

    private static void Apply(
        ReadOnlySpan<float> logits, int plane, int classes, Span<float> probabilities, int probabilityPlane, Span<float> highest,
        Span<float> sum)
    {
        int count = sum.Length;
        logits[..count].CopyTo(highest);
        sum.Clear();
        for (int index = 1; index < classes; index++) TensorPrimitives.Max(highest, logits.Slice(index * plane, count), highest);
        for (int index = 0; index < classes; index++)
        {
            Span<float> values = probabilities.Slice(index * probabilityPlane, count);
            TensorPrimitives.Subtract(logits.Slice(index * plane, count), highest, values);
            TensorPrimitives.Exp<float>(values, values);
            TensorPrimitives.Add(sum, values, sum);
        }
        for (int index = 0; index < classes; index++)
        {
            Span<float> values = probabilities.Slice(index * probabilityPlane, count);
            TensorPrimitives.Divide(values, sum, values);
        }
    }
}

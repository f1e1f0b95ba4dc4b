using System.Numerics;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Finds the class of the highest score, one class after the other.</summary>
internal static class BestClass
{
    /// <summary>Where a class's scores are higher than the best so far, they and its key become the best.</summary>
    public static void Raise(ReadOnlySpan<float> values, uint key, Span<uint> keys, Span<float> best)
    {
        int i = 0;
        var raised = new Vector<uint>(key);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(values[i..]), highest = new(best[i..]);
            Vector<int> isHigher = Vector.GreaterThan(value, highest);
            Vector.ConditionalSelect(isHigher, value, highest).CopyTo(best[i..]);
            Vector.ConditionalSelect(Vector.AsVectorUInt32(isHigher), raised, new Vector<uint>(keys[i..])).CopyTo(keys[i..]);
        }
        for (; i < values.Length; i++)
        {
            // Not a number is never greater: a pixel without any number keeps key 0.
            if (values[i] > best[i]) (best[i], keys[i]) = (values[i], key);
        }
    }

    /// <summary>
    /// As <see cref="Raise"/>, for logits: where one is not a number, or infinitely much, there are no probabilities, and the
    /// pixel has no class whatever the other logits are.
    /// </summary>
    public static void RaiseLogits(ReadOnlySpan<float> values, uint key, Span<uint> keys, Span<float> best)
    {
        Raise(values, key, keys, best);
        if (TensorPrimitives.Max(values) < float.PositiveInfinity) return;
        for (int x = 0; x < values.Length; x++)
        {
            // Nothing is greater.
            if (!(values[x] < float.PositiveInfinity)) (best[x], keys[x]) = (float.PositiveInfinity, 0);
        }
    }

    /// <summary>The best class of each pixel of a row, from its first on.</summary>
    /// <param name="rows">
    /// The scores of the first class, then, as far on as planes are apart, those of the next. The best logit is the one of the
    /// best probability, so that most pixels need no softmax.
    /// </param>
    /// <param name="plane">How far the planes are apart.</param>
    /// <param name="meaning">What the scores are.</param>
    /// <param name="keys">Receives the keys; 0 where there are no probabilities.</param>
    /// <param name="highest">Receives the best scores.</param>
    public static void Find(
        ReadOnlySpan<float> rows, int plane, ScoreMeaning meaning, Span<uint> keys, Span<float> highest)
    {
        highest.Fill(meaning.AreVotes ? 0 : float.NegativeInfinity);
        keys.Clear();
        for (int index = 0; index < meaning.Planes; index++)
        {
            ReadOnlySpan<float> values = rows.Slice(index * plane, keys.Length);
            if (meaning.Activation == ScoreActivation.Softmax) RaiseLogits(values, (uint)index + 1, keys, highest);
            else Raise(values, (uint)index + 1, keys, highest);
        }
    }
}

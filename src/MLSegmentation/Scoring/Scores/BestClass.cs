using System.Numerics;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Finds the class of the highest score, one class after the other.</summary>
internal static class BestClass
{
    /// <summary>Where a class's probabilities are higher than the best so far, they and its key become the best.</summary>
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

    /// <summary>The best class of each pixel of a row, from its first on.</summary>
    /// <param name="scores">
    /// The scores. The best logit is the one of the best probability, so that most pixels need no softmax.
    /// </param>
    /// <param name="y">The row.</param>
    /// <param name="keys">Receives the keys; 0 where there are no probabilities.</param>
    /// <param name="highest">Receives the best scores.</param>
    public static void Find(ClassScores scores, int y, Span<uint> keys, Span<float> highest)
    {
        highest.Fill(float.NegativeInfinity);
        keys.Clear();
        float total = 0;
        for (int index = 0; index < scores.Classes; index++)
        {
            ReadOnlySpan<float> values = scores.Row(index, y, keys.Length);
            Raise(values, (uint)index + 1, keys, highest);
            if (scores.AreLogits) total += TensorPrimitives.Max(values);
        }

        // Not a number, or infinitely much: of such a pixel there are no probabilities.
        if (float.IsNaN(total) || float.IsPositiveInfinity(total)) RejectUnsound(scores, y, keys);
    }

    private static void RejectUnsound(ClassScores scores, int y, Span<uint> keys)
    {
        for (int index = 0; index < scores.Classes; index++)
        {
            ReadOnlySpan<float> values = scores.Row(index, y, keys.Length);
            for (int x = 0; x < keys.Length; x++)
            {
                if (float.IsNaN(values[x]) || float.IsPositiveInfinity(values[x])) keys[x] = 0;
            }
        }
    }
}

using System.Numerics;

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
}

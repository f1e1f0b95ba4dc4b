using System.Numerics;

namespace MLSegmentation;

/// <summary>Makes keys of the class numbers that a graph answers.</summary>
internal static class LabelKeys
{
    /// <summary>Class k becomes key k + 1; a number that is no class's, such as -1 or 255, becomes key 0.</summary>
    /// <param name="labels">The numbers.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="keys">Receives a key for each number.</param>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    public static void OfIntegers<T>(ReadOnlySpan<T> labels, int classes, Span<uint> keys)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < labels.Length; i++)
        {
            // Numbers below 0 become very large ones.
            ulong label = ulong.CreateTruncating(labels[i]);
            keys[i] = label < (ulong)classes ? (uint)label + 1 : 0;
        }
    }

    /// <summary>The same of numbers with a fraction, each rounded to a whole one; what is not a number becomes key 0.</summary>
    /// <inheritdoc cref="OfIntegers"/>
    public static void OfNumbers<T>(ReadOnlySpan<T> labels, int classes, Span<uint> keys)
        where T : unmanaged, IFloatingPoint<T>
    {
        for (int i = 0; i < labels.Length; i++)
        {
            double label = Math.Round(double.CreateTruncating(labels[i]));
            keys[i] = label >= 0 && label < classes ? (uint)label + 1 : 0;
        }
    }
}

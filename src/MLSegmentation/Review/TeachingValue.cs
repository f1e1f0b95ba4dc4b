namespace MLSegmentation;

/// <summary>How much the label of an image would teach a model.</summary>
/// <param name="Entropy">
/// How unsure the model is: the mean over the pixels of the entropy of its best class against the rest, 0 to 1 bit.
/// </param>
/// <param name="Disagreement">
/// How much it contradicts itself: the part of the pixels to which it gives another class in the mirrored image, 0 to 1.
/// </param>
internal sealed record TeachingValue(double Entropy, double Disagreement)
{
    /// <summary>The sum of both: an image that is hard in either way comes before one that is not.</summary>
    public double Score => Entropy + Disagreement;

    /// <summary>The value of an image.</summary>
    /// <param name="prediction">The class of each pixel as a key, row by row.</param>
    /// <param name="confidence">Its probability.</param>
    /// <param name="mirrored">The keys of the mirrored image.</param>
    /// <param name="width">Width in pixels.</param>
    public static TeachingValue Of(
        ReadOnlySpan<uint> prediction, ReadOnlySpan<float> confidence, ReadOnlySpan<uint> mirrored, int width)
    {
        double entropy = 0;
        int different = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            entropy += Bits(confidence[i]);
            int x = i % width;
            if (prediction[i] != mirrored[i - x + width - 1 - x]) different++;
        }
        return new TeachingValue(entropy / prediction.Length, (double)different / prediction.Length);
    }

    private static double Bits(double probability)
    {
        double rest = 1 - probability;
        return probability is <= 0 or >= 1 ? 0 : -((probability * Math.Log2(probability)) + (rest * Math.Log2(rest)));
    }
}

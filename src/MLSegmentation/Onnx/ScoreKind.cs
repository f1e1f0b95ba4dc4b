namespace MLSegmentation;

/// <summary>What the numbers are that a segmentation model answers for each pixel.</summary>
public enum ScoreKind
{
    /// <summary>
    /// A number for each class, of which a softmax makes probabilities. Of one channel: the logit of the foreground, of which a
    /// sigmoid makes its probability.
    /// </summary>
    Logits,

    /// <summary>
    /// A probability for each class, 0 to 1, their sum is 1. Of one channel: the probability of the foreground.
    /// </summary>
    Probabilities,

    /// <summary>A number for each class, of which a sigmoid makes the probability of that class alone.</summary>
    IndependentLogits,

    /// <summary>A probability for each class, 0 to 1, whatever those of the others are.</summary>
    IndependentProbabilities,

    /// <summary>The number of each pixel's class.</summary>
    Labels,
}

using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>What the scores of a pixel are, and what makes its class of them.</summary>
/// <param name="Planes">
/// The scores of a pixel: one for each class; or one alone, that of the foreground, where there are two classes.
/// </param>
/// <param name="Activation">What makes probabilities of them.</param>
/// <param name="AreInterpolatedFirst">
/// Whether scores are brought to another size before that, as Hugging Face and MMSegmentation do, and not after it.
/// </param>
internal sealed record ScoreMeaning(int Planes, ScoreActivation Activation, bool AreInterpolatedFirst)
{
    /// <summary>The probability from which on a pixel is of the foreground, unless told otherwise.</summary>
    public const float DefaultForegroundThreshold = 0.5f;

    /// <summary>Whether they are votes for the labels of a graph: a pixel without any has no class.</summary>
    public bool AreVotes { get; init; }

    /// <summary>The least probability of the foreground, where there is one plane.</summary>
    public float ForegroundThreshold { get; init; } = DefaultForegroundThreshold;

    /// <summary>Whether the only score is that of a foreground, key 2, against the background, key 1.</summary>
    public bool IsForeground => Planes == 1;

    /// <summary>Whether probabilities are made before scores are brought to another size.</summary>
    public bool IsActivatedFirst => Activation != ScoreActivation.None && !AreInterpolatedFirst;

    /// <summary>What scores are once they were made probabilities.</summary>
    public ScoreMeaning AsProbabilities => this with { Activation = ScoreActivation.None };

    /// <summary>Probabilities of classes.</summary>
    public static ScoreMeaning Probabilities(int classes) => new(classes, ScoreActivation.None, AreInterpolatedFirst: false);

    /// <summary>Makes probabilities of scores, in place too.</summary>
    /// <param name="scores">[planes, pixels].</param>
    /// <param name="probabilities">Receives [planes, pixels].</param>
    public void Activate(ReadOnlySpan<float> scores, Span<float> probabilities)
    {
        if (Activation == ScoreActivation.Softmax) ScoreSoftmax.Apply(scores, Planes, probabilities);
        else if (Activation == ScoreActivation.Sigmoid) TensorPrimitives.Sigmoid(scores, probabilities);
        else scores.CopyTo(probabilities);
    }

    /// <summary>
    /// Makes confidences of the scores of best classes, where there are any; minus infinity, where no class is, becomes 0.
    /// </summary>
    public void FinishConfidence(Span<float> scores)
    {
        if (scores.Length == 0) return;
        if (Activation == ScoreActivation.Sigmoid) TensorPrimitives.Sigmoid(scores, scores);
        else TensorPrimitives.Max(scores, 0, scores);
    }
}

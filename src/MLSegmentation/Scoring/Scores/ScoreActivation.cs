namespace MLSegmentation;

/// <summary>What makes probabilities of a network's scores.</summary>
internal enum ScoreActivation
{
    /// <summary>Nothing: they are probabilities.</summary>
    None,

    /// <summary>A softmax over the classes of a pixel.</summary>
    Softmax,

    /// <summary>A sigmoid of each score alone.</summary>
    Sigmoid,
}

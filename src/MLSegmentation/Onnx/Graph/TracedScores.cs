namespace MLSegmentation;

/// <summary>What the nodes of a graph make of an output's numbers, before its channels are looked at.</summary>
internal enum TracedScores
{
    /// <summary>The nodes do not tell.</summary>
    Unknown,

    /// <summary>A weighted sum: any number.</summary>
    Logits,

    /// <summary>Of a softmax over the classes.</summary>
    Softmax,

    /// <summary>Of a sigmoid, or of a softmax over two classes of which one is left: each is a probability of its own.</summary>
    Sigmoid,

    /// <summary>A weighted sum cut off at 0 and 1.</summary>
    Fraction,

    /// <summary>Numbers of classes.</summary>
    Labels,

    /// <summary>None of these.</summary>
    Other,
}

namespace MLSegmentation.Training.Layers;

/// <summary>What a layer does in a training that computes in bfloat16, as PyTorch's autocast divides its operations.</summary>
public enum BFloat16Use
{
    /// <summary>Its inputs are converted back to 32 bits, for exponentials and large sums.</summary>
    Never,

    /// <summary>It takes its inputs as they come; its own weights and statistics are 32-bit.</summary>
    Keeps,

    /// <summary>
    /// Its inputs and weights are rounded to bfloat16: convolutions, which take most of the time and round least.
    /// </summary>
    Rounds,
}

using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A weight or a statistic of a network.</summary>
/// <param name="Name">Such as <c>score/kernel</c>.</param>
/// <param name="Weight">Its values.</param>
internal readonly record struct NetworkWeight(string Name, Tensor Weight)
{
    /// <summary>The stage of the encoder that it belongs to, from 1; 0 outside of one.</summary>
    public int EncoderStage { get; init; }

    /// <summary>Whether training changes it by gradients, though perhaps not from its first step on. Default true.</summary>
    public bool IsTrained { get; init; } = true;
}

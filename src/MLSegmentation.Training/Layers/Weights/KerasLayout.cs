using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>How Keras stores a weight, where Torch has its numbers in another order.</summary>
/// <param name="Shape">Its dimensions in Keras: (height, width, in, out) for the kernel of a Conv2D.</param>
/// <param name="Axes">
/// Which of Keras's axes comes first in Torch, second and so on: 3, 2, 0, 1 for a Conv2D. Axes that are one in Torch stand side
/// by side.
/// </param>
public sealed record KerasLayout(long[] Shape, int[] Axes)
{
    /// <summary>
    /// The numbers in Torch's order, of the shape that the weight has there; they share memory where the order allows it.
    /// </summary>
    internal Tensor ToTorch(Tensor values, long[] dimensions) =>
        values.permute([.. Axes.Select(axis => (long)axis)]).reshape(dimensions);
}

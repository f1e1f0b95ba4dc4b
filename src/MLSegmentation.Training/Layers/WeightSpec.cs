namespace MLSegmentation.Training.Layers;

/// <summary>One weight of a layer: its name as in Keras, its shape as in Torch, and how it begins.</summary>
/// <param name="Name">Keras's name within the layer: <c>kernel</c>, <c>bias</c>, <c>gamma</c>, <c>beta</c>, <c>moving_mean</c>, <c>moving_variance</c>.</param>
/// <param name="Dimensions">Its shape in Torch's order: (out, in, height, width) for Conv2D, (in, out, height, width) for Conv2DTranspose, (out, in) for Dense.</param>
/// <param name="Initializer">Its first values.</param>
/// <param name="IsTrainable">False for statistics that training updates without a gradient.</param>
public sealed record WeightSpec(string Name, long[] Dimensions, Initializer Initializer, bool IsTrainable = true)
{
    /// <summary>The number of values.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, size) => product * size);
}

using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// One weight of a layer: its name and its shape, in the network and in the files of Keras and torchvision, and how it begins.
/// </summary>
/// <param name="Name">
/// Keras's name within the layer: <c>kernel</c>, <c>bias</c>, <c>gamma</c>, <c>beta</c>, <c>moving_mean</c>,
/// <c>moving_variance</c>.
/// </param>
/// <param name="Dimensions">
/// Its shape in Torch's order: (out, in, height, width) for Conv2D, (in, out, height, width) for Conv2DTranspose, (out, in) for
/// Dense.
/// </param>
/// <param name="Initializer">Its first values.</param>
/// <param name="IsTrainable">False for statistics that training updates without a gradient.</param>
public sealed record WeightSpec(string Name, long[] Dimensions, Initializer Initializer, bool IsTrainable = true)
{
    /// <summary>
    /// Torch's name within the layer, such as <c>weight</c> or <c>running_mean</c>. Default: <see cref="Name"/>.
    /// </summary>
    public string TorchName { get; init; } = Name;

    /// <summary>How Keras stores it. Default null: as Torch does.</summary>
    public KerasLayout? Keras { get; init; }

    /// <summary>The number of values.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, size) => product * size);

    /// <summary>Its shape in a file of Keras.</summary>
    internal long[] KerasShape => Keras?.Shape ?? Dimensions;

    /// <summary>The numbers that a file of Keras has, in Torch's order.</summary>
    internal Tensor FromKeras(Tensor values) => Keras is { } layout ? layout.ToTorch(values, Dimensions) : values.alias();
}

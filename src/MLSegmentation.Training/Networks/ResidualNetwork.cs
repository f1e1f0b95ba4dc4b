using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The lecture's <c>residual_net</c>, a classifier of gray images. The result of two convolutions is added to the image itself,
/// whose one channel goes to each of the 32. It is then pooled and classified by two dense layers. The plain twin has the same
/// layers and weights without the addition. They take 0 to 255, scaled to 0 to 1 by the first layer, and answer the logits of the
/// classes. At 28×28, 10 classes and 128 dense units both have 813,802 parameters.
/// </summary>
public static class ResidualNetwork
{
    /// <summary>Describes the network, named <c>residual-net</c>, or its twin, named <c>plain-net</c>.</summary>
    /// <param name="classes">Classes, at least 2. Default 10.</param>
    /// <param name="hasShortcut">Whether the image is added to the second convolution's result. Default true; false is the plain
    /// twin.</param>
    /// <param name="denseUnits">Features of the dense layer before the last, at least 1. Default 128.</param>
    /// <param name="width">Columns of the images, at least 2. Default 28.</param>
    /// <param name="height">Rows of the images, at least 2. Default 28.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than that.</exception>
    public static LayerGraph Create(
        int classes = 10, bool hasShortcut = true, int denseUnits = 128, int width = 28, int height = 28)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denseUnits);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, width, height));
        SymbolicTensor x = new Normalization([0], [255]) { Name = "scale" }.Apply(image);
        SymbolicTensor y = new Conv2D(32, 3) { Name = "conv1", Activation = Activation.Relu }.Apply(x);
        y = new Conv2D(32, 3) { Name = "conv2", Activation = Activation.Relu }.Apply(y);
        if (hasShortcut) y = new Add { Name = "shortcut" }.Apply(y, x);
        y = new MaxPool2D(2) { Name = "pool" }.Apply(y);
        y = new Flatten { Name = "flatten" }.Apply(y);
        y = new Dense(denseUnits) { Name = "dense1", Activation = Activation.Relu }.Apply(y);
        SymbolicTensor logits = new Dense(classes) { Name = "dense2" }.Apply(y);
        return new LayerGraph(hasShortcut ? "residual-net" : "plain-net", [image], [logits]);
    }
}

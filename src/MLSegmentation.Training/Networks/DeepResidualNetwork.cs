using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The 20 layers of He et al. 2015 (arXiv 1512.03385, section 4.2, n = 3) for gray images of 28×28. A 3×3 convolution comes
/// first, then three stages of six at 28×28, 14×14 and 7×7, with twice the channels each. Global average pooling and a dense
/// layer follow. With shortcuts the input of each pair of convolutions is added to its result. Without them it is the plain
/// network, which trains worse for its depth alone.
/// </summary>
/// <remarks>
/// Unlike in the paper, the channels are 8, 16 and 32, not 16, 32 and 64. There is no batch normalisation, and the initialiser is
/// Keras's default, as in the lecture's networks. Where a stage begins, the shortcut is a 1×1 convolution of stride 2 (the
/// paper's option B). These have 640 weights, which the plain network has not. It takes 0 to 255 and answers the logits of the
/// classes.
/// </remarks>
public static class DeepResidualNetwork
{
    private const int Stages = 3, BlocksPerStage = 3;

    /// <summary>Describes the network, named <c>residual-20</c>, or its twin, named <c>plain-20</c>.</summary>
    /// <param name="classes">Classes, at least 2. Default 10.</param>
    /// <param name="hasShortcuts">Whether each pair's input is added to its result. Default true; false is the plain
    /// twin.</param>
    /// <param name="channels">Channels of the first stage, at least 1. Default 8.</param>
    /// <param name="width">Columns of the images, at least 1. Default 28.</param>
    /// <param name="height">Rows of the images, at least 1. Default 28.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than that.</exception>
    public static LayerGraph Create(int classes = 10, bool hasShortcuts = true, int channels = 8, int width = 28, int height = 28)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, width, height));
        SymbolicTensor x = new Normalization([0], [255]) { Name = "scale" }.Apply(image);
        x = new Conv2D(channels, 3) { Name = "conv1", Activation = Activation.Relu }.Apply(x);
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int block = 0; block < BlocksPerStage; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = Block(x, $"stage{stage + 1}_block{block + 1}", (long)channels << stage, stride, hasShortcuts);
            }
        }
        x = new GlobalAveragePooling2D { Name = "pool" }.Apply(x);
        SymbolicTensor logits = new Dense(classes) { Name = "dense" }.Apply(x);
        return new LayerGraph(hasShortcuts ? "residual-20" : "plain-20", [image], [logits]);
    }

    /// <summary>Two convolutions and what is added to them, then ReLU (He et al. 2015, figure 2).</summary>
    private static SymbolicTensor Block(SymbolicTensor x, string name, long filters, long stride, bool hasShortcut)
    {
        var first = new Conv2D(filters, 3) { Name = $"{name}_conv1", Stride = stride, Activation = Activation.Relu };
        SymbolicTensor y = first.Apply(x);
        y = new Conv2D(filters, 3) { Name = $"{name}_conv2" }.Apply(y);
        if (hasShortcut)
        {
            var projection = new Conv2D(filters, 1) { Name = $"{name}_shortcut", Stride = stride, UseBias = false };
            y = new Add { Name = $"{name}_add" }.Apply(y, stride == 1 ? x : projection.Apply(x));
        }
        return new Relu { Name = $"{name}_relu" }.Apply(y);
    }
}

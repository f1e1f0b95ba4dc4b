using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// A fully convolutional network to train from scratch, with the topology of FCN-8s. A head on the encoder's last map scores each
/// class. The results of two learned upsamplings are added to the encoder's maps of that size, and a third leads back to the
/// image. Unlike in <see cref="KerasFcn"/>, the head is one 3×3 convolution with batch normalisation. Its scores have no ReLU, so
/// that nothing is cut off before it has learned. It answers the class scores (logits) of each pixel.
/// </summary>
public static class FullyConvolutionalNetwork
{
    /// <summary>Describes the network.</summary>
    /// <param name="encoder">The downsampling path.</param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="channels">Channels of the image, 3 for RGB. Default 3.</param>
    /// <param name="headWidth">Channels of the head between the encoder and the upsamplings. Default 256.</param>
    public static LayerGraph Create(Encoder encoder, int classes, int channels = 3, int headWidth = 256)
    {
        return EncoderDecoder.Create("fcn8-bn", encoder, classes, channels, features =>
        {
            var (stride8, stride16, stride32) = (features[2], features[3], features[4]);

            SymbolicTensor x = ConvolutionBlock.Apply(stride32, "head", headWidth);
            x = new Conv2D(classes, 1) { Name = "score" }.Apply(x);
            x = new Conv2DTranspose(stride16.Shape.Channels, 4) { Name = "up_16", Stride = 2 }.Apply(x) + stride16;
            x = new Conv2DTranspose(stride8.Shape.Channels, 4) { Name = "up_8", Stride = 2 }.Apply(x) + stride8;
            x = new Conv2DTranspose(classes, 16) { Name = "up_1", Stride = 8 }.Apply(x);
            return x;
        });
    }
}

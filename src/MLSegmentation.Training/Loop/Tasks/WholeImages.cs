using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Runs a network on whole images of any size, as scoring does.</summary>
internal static class WholeImages
{
    /// <summary>The class scores (logits) of images of one size, [N, classes, H, W].</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The images, mirrored at the right and below to the multiple of size that the network takes.</param>
    public static Tensor Scores(TorchNetwork network, TrainingBatch batch)
    {
        int multiple = network.Graph.SizeMultiple;
        long right = (multiple - batch.Width % multiple) % multiple, bottom = (multiple - batch.Height % multiple) % multiple;
        Tensor image = Padded(Padded(batch.ImageTensor(network.Device), 2, bottom), 3, right);
        return network.call(image)[0][.., .., ..batch.Height, ..batch.Width];
    }

    private static Tensor Padded(Tensor image, int axis, long padding)
    {
        int size = (int)image.shape[axis];
        return padding == 0 ? image
            : image.index_select(
                axis, tensor([.. Enumerable.Range(0, size + (int)padding).Select(i => (long)Mirror.Index(i, size))],
                    device: image.device));
    }
}

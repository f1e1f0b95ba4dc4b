using MLSegmentation.Training.Layers;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training;

/// <summary>
/// What a conditional random field holds against the probabilities: neighbours of one colour that are given different classes. It
/// asks for no labels, and so brings borders to the edges of the image where labels do not say them.
/// </summary>
/// <remarks>
/// The Potts energy of Obukhov et al., "Gated CRF loss for weakly supervised semantic image segmentation", 2019, equations 3 and
/// 4, over windows, at a quarter of the size. Divided here by the sum of the kernel, so that it is 0 to 1.
/// </remarks>
internal static class CrfLoss
{
    // Of the kernel: places and colours that are farther apart than these deviations hardly count.
    private const int Shrinking = 4, Radius = 4;
    private const double Place = 3, Colour = 0.1 * byte.MaxValue;

    /// <summary>The mean, weighted by the kernel, of the probability that two neighbours are of different classes.</summary>
    /// <param name="probabilities">(N, classes, H, W).</param>
    /// <param name="images">(N, channels, H, W), 0 to 255.</param>
    public static Tensor Of(Tensor probabilities, Tensor images)
    {
        Tensor classes = Shrunk(probabilities), colours = Shrunk(images);
        Tensor energy = zeros(1, device: classes.device), kernels = zeros(1, device: classes.device);
        for (int down = 0; down <= Radius; down++)
        {
            for (int right = down == 0 ? 1 : -Radius; right <= Radius; right++)
            {
                if (classes.shape[2] <= down || classes.shape[3] <= Math.Abs(right)) continue;
                double place = ((down * down) + (right * right)) / (2 * Place * Place);
                Tensor difference = First(colours, down, right) - Second(colours, down, right);
                Tensor kernel = difference.square().sum(1).Times(-1 / (2 * Colour * Colour)).Plus(-place).exp();
                Tensor agreement = (First(classes, down, right) * Second(classes, down, right)).sum(1);
                energy = energy + (kernel - (kernel * agreement)).sum();
                kernels = kernels + kernel.sum();
            }
        }
        return (energy / kernels.AtLeast(LabelledPixels.LeastWeight)).squeeze();
    }

    private static Tensor Shrunk(Tensor map) =>
        Math.Min(map.shape[2], map.shape[3]) < Shrinking ? map : F.avg_pool2d(map, Shrinking, Shrinking);

    /// <summary>The pixels that have a neighbour so far down and to the right.</summary>
    private static Tensor First(Tensor map, int down, int right) => map
        .narrow(2, 0, map.shape[2] - down).narrow(3, Math.Max(-right, 0), map.shape[3] - Math.Abs(right));

    /// <summary>These neighbours.</summary>
    private static Tensor Second(Tensor map, int down, int right) => map
        .narrow(2, down, map.shape[2] - down).narrow(3, Math.Max(right, 0), map.shape[3] - Math.Abs(right));
}

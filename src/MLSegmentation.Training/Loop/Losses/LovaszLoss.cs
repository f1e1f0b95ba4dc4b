using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// The Lovász-Softmax loss (Berman, Triki and Blaschko 2018): the Lovász extension of 1 - IoU, a function of the probabilities'
/// errors that is 1 - IoU itself where these are 0 or 1, averaged over the classes that the labels have.
/// </summary>
internal static class LovaszLoss
{
    /// <summary>The loss; 0 where every pixel is ignored.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="perImage">Whether it is the mean of each image's, not that of all pixels of the batch as one set.</param>
    public static Tensor Of(LabelledPixels pixels, bool perImage)
    {
        // Ignored pixels are errors of 0: those come last, where they weigh nothing.
        Tensor errors = Sets((pixels.Target - pixels.Probabilities).abs() * pixels.Counted.unsqueeze(1), perImage);
        Tensor target = Sets(pixels.Target, perImage), isPresent = target.amax(2);
        Tensor perClass = (errors * WeightsOf(errors.detach(), target)).sum(2) * isPresent;
        return (perClass.sum(1) / isPresent.sum(1).AtLeast(1)).mean();
    }

    /// <summary>(images, classes, H·W), or (1, classes, N·H·W).</summary>
    private static Tensor Sets(Tensor map, bool perImage) =>
        perImage ? map.flatten(2) : map.permute(1, 0, 2, 3).flatten(1).unsqueeze(0);

    /// <summary>
    /// How much 1 - IoU grows by each error, when errors are made in their order, the largest first (algorithm 1): 1/U by a pixel
    /// of the class, I/(U·(U-1)) by another one, with the intersection I and the union U that are left after it.
    /// </summary>
    private static Tensor WeightsOf(Tensor errors, Tensor target)
    {
        using var noGradients = no_grad();
        Tensor order = errors.sort(2, descending: true).Indices, isOfClass = target.gather(2, order);
        Tensor intersection = isOfClass.sum(2, keepdim: true) - isOfClass.cumsum(2);
        Tensor made = arange(1, errors.shape[2] + 1, dtype: float32, device: errors.device), union = intersection + made;
        Tensor growth = where(
            isOfClass.to(@bool), union.reciprocal(), intersection / (union * union.Plus(-1).AtLeast(1)));
        return zeros_like(errors).scatter_(2, order, growth);
    }
}

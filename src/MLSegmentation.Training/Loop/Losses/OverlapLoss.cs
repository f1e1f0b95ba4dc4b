using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Losses that measure how far probabilities and labels overlap, each class by itself.</summary>
internal static class OverlapLoss
{
    // Half a pixel: keeps the loss of a class that is nowhere in the batch finite.
    private const double Smoothing = 0.5;

    /// <summary>
    /// 1 - 2·|P∩Y| / (|P| + |Y|) with probabilities P, averaged over the classes (Drozdzal et al. 2016, section 2).
    /// </summary>
    public static Tensor Dice(LabelledPixels pixels) => Tversky(pixels, 0.5, 0.5);

    /// <summary>
    /// 1 - |P∩Y| / (|P∩Y| + α·|P\Y| + β·|Y\P|) with probabilities P, averaged over the classes (Salehi et al. 2017, equation 3).
    /// </summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="alpha">The factor of what is found wrongly, at least 0.</param>
    /// <param name="beta">The factor of what is missed, at least 0.</param>
    public static Tensor Tversky(LabelledPixels pixels, double alpha, double beta)
    {
        long[] perClass = [0, 2, 3];
        Tensor overlap = (pixels.Probabilities * pixels.Target).sum(perClass),
            found = (pixels.Probabilities * pixels.Counted.unsqueeze(1)).sum(perClass), labelled = pixels.Target.sum(perClass);
        Tensor all = overlap.Times(1 - alpha - beta).Plus(found, alpha).Plus(labelled, beta);
        return (overlap.Plus(Smoothing) / all.Plus(Smoothing)).mean().negative().Plus(1);
    }
}

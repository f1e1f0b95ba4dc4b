namespace MLSegmentation;

/// <summary>The mean colours that networks are trained with, by which the order of a graph's own numbers is told.</summary>
internal static class PixelMeans
{
    // Far less than what red and blue differ by, and more than the sets of one origin do.
    private const double Tolerance = 2;

    // Red, green and blue of 0 to 255.
    private static readonly double[][] _sets =
    [
        [123.675, 116.28, 103.53], // ImageNet; Caffe's, R-CNN's and CLIP's are within 1.3 of it
        [119.85, 113.99, 104.04], // COCO, as CenterNet has it
    ];

    /// <summary>The order in which means are those of a known set; null where they are of none.</summary>
    /// <param name="means">Means of three channels, in units of 0 to 255.</param>
    public static ColourOrder? OrderOf(IReadOnlyList<double> means) =>
        IsKnown(means) ? ColourOrder.Rgb : IsKnown([.. means.Reverse()]) ? ColourOrder.Bgr : null;

    private static bool IsKnown(IReadOnlyList<double> means) => Array.Exists(_sets, set =>
        set.Length == means.Count && set.Zip(means, (known, mean) => Math.Abs(known - mean)).All(apart => apart <= Tolerance));
}

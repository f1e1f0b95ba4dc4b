namespace MLSegmentation.Training;

/// <summary>Random changes to training images; where they move pixels, the labels move with them.</summary>
public sealed record AugmentationOptions
{
    internal const int BestJpegQuality = 100;

    /// <summary>
    /// No changes but the place of the training window where the image is larger; a smaller image is in its middle.
    /// </summary>
    public static AugmentationOptions None { get; } =
        new() { HorizontalFlip = false, MinScale = 1, MaxScale = 1, Brightness = 0, Contrast = 0 };

    /// <summary>Whether half of the images are mirrored left to right. Default true.</summary>
    public bool HorizontalFlip { get; init; } = true;

    /// <summary>
    /// Whether half of the images are mirrored top to bottom too. Default false; for images without an up and down, such as
    /// surfaces and tissue.
    /// </summary>
    public bool VerticalFlip { get; init; }

    /// <summary>
    /// The least random scale, above 0. Default 0.6. What goes beyond the training window is cropped, what is missing is ignored.
    /// </summary>
    public double MinScale { get; init; } = 0.6;

    /// <summary>The largest random scale, at least <see cref="MinScale"/>. Default 1.25.</summary>
    public double MaxScale { get; init; } = 1.25;

    /// <summary>The most that is added to or taken from every value, as a part of 255. Default 0.15.</summary>
    public double Brightness { get; init; } = 0.15;

    /// <summary>
    /// The most by which the distance to the image's mean is multiplied or divided, less one. Default 0.3: by 0.77 to 1.3.
    /// </summary>
    public double Contrast { get; init; } = 0.3;

    /// <summary>
    /// The most by which the distance of colours to gray is multiplied or divided, less one. Default 0; 0.5 makes up for other
    /// cameras and weather. Gray images of one channel have none.
    /// </summary>
    public double Saturation { get; init; }

    /// <summary>The most degrees by which colours are turned around gray, 0 to 180. Default 0.</summary>
    public double Hue { get; init; }

    /// <summary>
    /// Whether images are turned by a random number of quarter turns. Default false; for images without an up and down, such as
    /// surfaces, tissue, and pictures from above.
    /// </summary>
    public bool QuarterTurns { get; init; }

    /// <summary>
    /// The most degrees by which images are turned to either side, 0 to 180. Default 0; 10 to 15 stands for a camera held askew,
    /// 180 is for images without an up and down. What comes in from outside the image is ignored.
    /// </summary>
    public double Rotation { get; init; }

    /// <summary>
    /// The standard deviation, in pixels of the training window, by which the points of a grid of 3×3 are displaced; what is
    /// between them follows smoothly (Ronneberger et al. 2015, section 3.1, take 10 for 512×512). Default 0; for tissue and other
    /// soft things.
    /// </summary>
    public double Elastic { get; init; }

    /// <summary>The most by which gamma is multiplied or divided, less one. Default 0; 0.5 is by 0.67 to 1.5.</summary>
    public double Gamma { get; init; }

    /// <summary>
    /// The largest standard deviation of a Gaussian blur, in pixels, 0 to 10. Default 0; 1 to 2 for poor focus.
    /// </summary>
    public double Blur { get; init; }

    /// <summary>
    /// The largest standard deviation of Gaussian noise, as a part of 255, 0 to 1. Default 0; 0.05 for little light.
    /// </summary>
    public double Noise { get; init; }

    /// <summary>
    /// The lowest quality of a JPEG that images are encoded as and decoded from, 1 to 100. Default 100, where none is; 30 for
    /// pictures from the web. It takes several times as long as all other changes.
    /// </summary>
    public int JpegQuality { get; init; } = BestJpegQuality;

    /// <summary>
    /// The side of a square that is hidden in every image, as a part of the training window's shorter side, 0 to 1 (DeVries and
    /// Taylor 2017). Default 0; 0.5 as in the source. The labels of what is hidden are ignored.
    /// </summary>
    public double Cutout { get; init; }

    /// <summary>
    /// The part of images into which a rectangle of another one of the batch is pasted, with its labels, 0 to 1 (Yun et al.
    /// 2019). Default 0; 0.5 is worth trying where images are few. Only where pixels are labelled.
    /// </summary>
    public double CutMix { get; init; }

    /// <summary>Whether an image is changed in no way but by mirroring it left to right.</summary>
    internal bool OnlyFlips => this == None with { HorizontalFlip = HorizontalFlip };

    internal AugmentationOptions Validate()
    {
        if (!(MinScale > 0) || !(MaxScale >= MinScale))
        {
            throw new ArgumentOutOfRangeException(
                nameof(MinScale), $"The scales are {MinScale} to {MaxScale}; give positive numbers, the smaller first.");
        }
        ArgumentOutOfRangeException.ThrowIfNegative(Brightness);
        ArgumentOutOfRangeException.ThrowIfNegative(Contrast);
        ArgumentOutOfRangeException.ThrowIfNegative(Saturation);
        ArgumentOutOfRangeException.ThrowIfNegative(Gamma);
        RequireWithin(1, CutMix, nameof(CutMix), "a part of the images");
        RequireWithin(1, Cutout, nameof(Cutout), "a part of the window's shorter side");
        RequireWithin(1, Noise, nameof(Noise), "a part of 255");
        RequireWithin(10, Blur, nameof(Blur), "pixels");
        RequireWithin(180, Hue, nameof(Hue), "degrees");
        RequireWithin(180, Rotation, nameof(Rotation), "degrees");
        RequireWithin(1000, Elastic, nameof(Elastic), "pixels");
        if (JpegQuality is not (>= 1 and <= BestJpegQuality))
            throw new ArgumentOutOfRangeException(nameof(JpegQuality), JpegQuality, "Give a quality, 1 to 100.");
        return this;
    }

    private static void RequireWithin(double most, double value, string name, string unit)
    {
        if (!(value >= 0 && value <= most))
            throw new ArgumentOutOfRangeException(name, value, $"Give {unit}, 0 to {most}.");
    }
}

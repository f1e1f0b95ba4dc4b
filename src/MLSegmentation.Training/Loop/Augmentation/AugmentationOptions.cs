namespace MLSegmentation.Training;

/// <summary>Random changes to training images; where they move pixels, the labels move with them.</summary>
public sealed record AugmentationOptions
{
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
    /// The part of images into which a rectangle of another one of the batch is pasted, with its labels, 0 to 1 (Yun et al.
    /// 2019). Default 0; 0.5 is worth trying where images are few. Only where pixels are labelled.
    /// </summary>
    public double CutMix { get; init; }

    /// <summary>Whether an image is changed in no way but by mirroring it left to right.</summary>
    internal bool OnlyFlips =>
        MinScale == 1
            && MaxScale == 1 && Brightness == 0 && Contrast == 0 && Saturation == 0 && Hue == 0 && CutMix == 0 && !VerticalFlip;

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
        if (CutMix is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(CutMix), CutMix, "Give a part of the images, 0 to 1.");
        if (Hue is not (>= 0 and <= 180)) throw new ArgumentOutOfRangeException(nameof(Hue), Hue, "Give degrees, 0 to 180.");
        return this;
    }
}

namespace MLSegmentation.Training;

/// <summary>Random changes to training images; where they move pixels, the labels move with them.</summary>
public sealed record AugmentationOptions
{
    /// <summary>No changes but the place of the training window where the image is larger; a smaller image is in its middle.</summary>
    public static AugmentationOptions None { get; } = new() { HorizontalFlip = false, MinScale = 1, MaxScale = 1, Brightness = 0, Contrast = 0 };

    /// <summary>Whether half of the images are mirrored left to right. Default true.</summary>
    public bool HorizontalFlip { get; init; } = true;

    /// <summary>The least random scale, above 0. Default 0.6. What goes beyond the training window is cropped, what is missing is ignored.</summary>
    public double MinScale { get; init; } = 0.6;

    /// <summary>The largest random scale, at least <see cref="MinScale"/>. Default 1.25.</summary>
    public double MaxScale { get; init; } = 1.25;

    /// <summary>The most that is added to or taken from every value, as a part of 255. Default 0.15.</summary>
    public double Brightness { get; init; } = 0.15;

    /// <summary>The most by which the distance to the image's mean is multiplied or divided, less one. Default 0.3: by 0.77 to 1.3.</summary>
    public double Contrast { get; init; } = 0.3;

    /// <summary>Whether an image is changed in no way but by mirroring it.</summary>
    internal bool OnlyFlips => MinScale == 1 && MaxScale == 1 && Brightness == 0 && Contrast == 0;

    internal AugmentationOptions Validate()
    {
        if (!(MinScale > 0) || !(MaxScale >= MinScale))
            throw new ArgumentOutOfRangeException(nameof(MinScale), $"The scales are {MinScale} to {MaxScale}; give positive numbers, the smaller first.");
        ArgumentOutOfRangeException.ThrowIfNegative(Brightness);
        ArgumentOutOfRangeException.ThrowIfNegative(Contrast);
        return this;
    }
}

using MLSegmentation.Images;
using MLSegmentation.Training.Networks;
using MLSegmentation.Transforms;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="SegmentationTrainer"/>; the defaults train well without touching them.</summary>
public sealed record SegmentationTrainerOptions
{
    /// <summary>The label column: one key a pixel of the image, 0 where ignored, as <c>ReadMasks</c> gives it. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The image column; images may have any sizes. Default <c>Image</c>.</summary>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>The column that the trained transformer adds. Default <c>PredictedLabel</c>.</summary>
    public string OutputColumnName { get; init; } = "PredictedLabel";

    /// <summary>The downsampling path, made anew for each fit. Default: <see cref="CompactEncoder"/>.</summary>
    public Func<Encoder> Encoder { get; init; } = () => new CompactEncoder();

    /// <summary>
    /// The content of an <c>.onnx</c> file exported by this project, whose layers of equal name and shape the network starts from: the
    /// encoder of an autoencoder, or a network trained before. Default empty: all weights start at random.
    /// </summary>
    public ReadOnlyMemory<byte> InitialModel { get; init; }

    /// <summary>
    /// The width in pixels that images are brought to, in training and in scoring. Default 0: chosen, with <see cref="ImageHeight"/>,
    /// from the first images: their median size, scaled down to the area of about 352×272 pixels.
    /// </summary>
    public int ImageWidth { get; init; }

    /// <summary>The height that belongs to <see cref="ImageWidth"/>. Default 0: chosen.</summary>
    public int ImageHeight { get; init; }

    /// <summary>
    /// The width in pixels of the window that a training step sees of an image: a multiple of the network's stride (32), at least two
    /// of them. Default 0: about three quarters of the image's, or of 352×272 pixels of area where the image is larger.
    /// </summary>
    public int WindowWidth { get; init; }

    /// <summary>The height that belongs to <see cref="WindowWidth"/>. Default 0: chosen.</summary>
    public int WindowHeight { get; init; }

    /// <summary>
    /// How images are brought to their size. Default <see cref="ImageSizing.Letterbox"/>; with <see cref="ImageSizing.Native"/> they
    /// keep their own, whatever <see cref="ImageWidth"/> says.
    /// </summary>
    public ImageSizing Sizing { get; init; } = ImageSizing.Letterbox;

    /// <summary>Times that every image is seen. Default 50. Unused with a <see cref="TimeBudget"/>.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>The time that a fit may take, reading and validation included; the schedule is fitted to it. Default null: <see cref="Epochs"/> decides.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Images a step. Default 8.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>The highest learning rate of Adam, reached after a warm-up and lowered to 0 along a cosine. Default 0.002.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Equal seeds give equal models where thread count and number of epochs are equal. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A factor for each class's pixels in the cross-entropy, at least 0. Default null: 1 for every class.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>The factor of the Dice loss that is added to the cross-entropy, at least 0. Default 1; 0 leaves cross-entropy alone.</summary>
    public double DiceWeight { get; init; } = 1;

    /// <summary>Random changes to the images. Default: flips, scales, brightness and contrast.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>The part of the rows that is held back to report their mean IoU after each epoch, 0 to below 1. Default 0.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Megabytes that scaled images may take in memory; a larger set is read anew each epoch. Default 2048.</summary>
    public int CacheMegabytes { get; init; } = 2048;

    /// <summary>The label value of the mask files that key 0 stands for; only told to the model. Default null: none.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>The colour of ignored areas in colour-coded mask files; only told to the model. Default null: none.</summary>
    public Masks.Rgb? IgnoreColour { get; init; }

    /// <summary>A colour for each class, told to the model. Default null: <see cref="Masks.Palette.Voc"/>.</summary>
    public IReadOnlyList<Masks.Rgb>? Palette { get; init; }

    /// <summary>How the trained transformer scores: threshold, confidence and overlay columns. Default: as the model says.</summary>
    public SegmentImageOptions Scoring { get; init; } = new();

    /// <summary>Receives where the training stands. Default null.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Stops the training; <c>Fit</c> then throws <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal SegmentationTrainerOptions Validate(int sizeMultiple)
    {
        if (ImageWidth < 0 || ImageHeight < 0 || (ImageWidth == 0) != (ImageHeight == 0))
            throw new ArgumentException($"The image size is {ImageWidth}x{ImageHeight}; give both, or 0 for both to have them chosen.", nameof(ImageWidth));
        bool IsWindow(int side) => side >= 2 * sizeMultiple && side % sizeMultiple == 0;
        if ((WindowWidth, WindowHeight) != (0, 0) && !(IsWindow(WindowWidth) && IsWindow(WindowHeight)))
        {
            // Of one step of the stride, nothing but a point would be left to normalise at the network's deepest map.
            throw new ArgumentException(
                $"The training window is {WindowWidth}x{WindowHeight}; give both as multiples of {sizeMultiple}, the network's stride, from {2 * sizeMultiple}, or neither.",
                nameof(WindowWidth));
        }
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheMegabytes);
        ArgumentOutOfRangeException.ThrowIfNegative(DiceWeight);
        if (TimeBudget <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(TimeBudget), TimeBudget, "Give a time above zero, or null.");
        if (ValidationFraction is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidationFraction), ValidationFraction, "Give a part of the rows, 0 to below 1.");
        Augmentation.Validate();
        return this;
    }
}

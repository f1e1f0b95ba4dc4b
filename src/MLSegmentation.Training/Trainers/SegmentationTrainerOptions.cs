using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>Options of <see cref="SegmentationTrainer"/>; the defaults train well without touching them.</summary>
public sealed record SegmentationTrainerOptions : TrainerOptions
{
    /// <summary>The highest learning rate, where the options leave it open, of an encoder that begins with weights.</summary>
    internal const double TrainedRate = 5e-4;

    /// <summary>The highest learning rate, where the options leave it open, of an encoder that begins at random.</summary>
    internal const double RandomRate = 2e-3;

    /// <summary>
    /// Epochs planned by the data, batches of 8, AdamW with a learning rate that is warmed up and then falls along a cosine, and
    /// the moving average of the weights.
    /// </summary>
    public SegmentationTrainerOptions()
    {
        (Optimizer, WeightAveraging) = (OptimizerKind.AdamW, 0.99);
        Schedule = new LearningRateSchedule.Cosine { WarmUp = 0.03 };
    }

    /// <summary>
    /// The label column: one key a pixel of the image, 0 where ignored, as <c>ReadMasks</c> gives it. Default <c>Label</c>.
    /// </summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The column that the trained transformer adds. Default <c>PredictedLabel</c>.</summary>
    public string OutputColumnName { get; init; } = "PredictedLabel";

    /// <summary>
    /// The downsampling path. Default: that of <see cref="SegmentationNetworks.Default"/>. One that is not trainable is frozen;
    /// its features are then computed once, where <see cref="Augmentation"/> does nothing but flip and the window is the whole
    /// image.
    /// </summary>
    public Encoder Encoder { get; init; } = SegmentationNetworks.Default.Encoder;

    /// <summary>
    /// A file with weights of the encoder, or the name of one that is on this machine, such as <c>vgg16</c>: see
    /// <see cref="WeightCache.Find(string)"/>. Images are preprocessed as these weights expect. <c>none</c>
    /// (<see cref="PretrainedWeights.None"/>) begins at random. Default null: the <see cref="Encoder.DefaultWeights"/> of the
    /// encoder where they are on this machine, else at random, which the log says. With an <see cref="InitialModel"/> null stands
    /// for none.
    /// </summary>
    public string? PretrainedWeights { get; init; }

    /// <summary>
    /// The content of an <c>.onnx</c> file exported by this project: an autoencoder with the same encoder, or a network trained
    /// before. The network starts from its layers of equal name and shape. It comes after <see cref="PretrainedWeights"/>; where
    /// these are not given, images are preprocessed as that model's are. Default empty: none.
    /// </summary>
    public ReadOnlyMemory<byte> InitialModel { get; init; }

    /// <summary>
    /// The width in pixels that images are brought to, in training and in scoring. Default 0: chosen, with
    /// <see cref="ImageHeight"/>, from the first images: their median size, scaled down to the area of about 448×352 pixels.
    /// </summary>
    public int ImageWidth { get; init; }

    /// <summary>The height that belongs to <see cref="ImageWidth"/>. Default 0: chosen.</summary>
    public int ImageHeight { get; init; }

    /// <summary>
    /// The width in pixels of the window that a training step sees of an image. It is a multiple of the network's stride (32), at
    /// least twice that. Default 0: about three quarters of the image's, or of 448×352 pixels of area where the image is larger.
    /// </summary>
    public int WindowWidth { get; init; }

    /// <summary>The height that belongs to <see cref="WindowWidth"/>. Default 0: chosen.</summary>
    public int WindowHeight { get; init; }

    /// <summary>
    /// Whether up matters in the images, as in photographs of streets, and not on surfaces and tissue. Where it does not, a
    /// planned training mirrors images top to bottom too. Default null: measured, by whether a simple classifier can tell the
    /// images from themselves upside down. Unused without <see cref="TrainerOptions.Plan"/>.
    /// </summary>
    public bool? Upright { get; init; }

    /// <summary>
    /// How images are brought to their size. Default null: <see cref="ImageSizing.Letterbox"/>, or with
    /// <see cref="TrainerOptions.Plan"/> what the smallest regions need. With <see cref="ImageSizing.Native"/> images keep their
    /// own size, whatever <see cref="ImageWidth"/> says. Training sees windows of images in any case, so that neither
    /// <see cref="ImageSizing.Crop"/> nor <see cref="ImageSizing.Tiled"/> is taken here: give these to <see cref="Scoring"/>.
    /// </summary>
    public ImageSizing? Sizing { get; init; }

    /// <summary>What is minimised. Default: cross-entropy plus the soft Dice loss.</summary>
    public SegmentationLossOptions Loss { get; init; } = new();

    /// <summary>Random changes to the images. Default: flips, scales, brightness and contrast.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>The label value of the mask files that key 0 stands for; only told to the model. Default null: none.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>The colour of ignored areas in colour-coded mask files; only told to the model. Default null: none.</summary>
    public Rgb? IgnoreColour { get; init; }

    /// <summary>
    /// The values of samples of more than 8 bits that became black and white in the images. They are only told to the model,
    /// which reads files so in scoring. Default null: what <c>ReadImages</c> was told, where the image column comes from it.
    /// </summary>
    public SampleRange? SampleRange { get; init; }

    /// <summary>A colour for each class, told to the model. Default null: <see cref="Palette.Voc"/>.</summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>
    /// How the trained transformer scores: threshold, confidence and overlay columns. Default: as the model says.
    /// </summary>
    public SegmentImageOptions Scoring { get; init; } = new();

    /// <summary>
    /// Whether the encoder is frozen and images change by no more than <see cref="AugmentationOptions.HorizontalFlip"/>: its
    /// features can then be computed once.
    /// </summary>
    internal bool ShowsTheSameImages => !Encoder.IsTrainable && Augmentation.OnlyFlips && Sizing != ImageSizing.Native;

    private protected override double UsualRate =>
        PretrainedWeights is not (null or Training.PretrainedWeights.None) || !InitialModel.IsEmpty ? TrainedRate : RandomRate;

    private protected override int UsualBatchSize => 8;

    internal override SegmentationTrainerOptions WithDefaults() => (SegmentationTrainerOptions)base.WithDefaults() with
    {
        Sizing = Sizing ?? ImageSizing.Letterbox,
        Loss = Loss.WithDefaults(),
    };

    internal SegmentationTrainerOptions Validate(int sizeMultiple)
    {
        if (ImageWidth < 0 || ImageHeight < 0 || (ImageWidth == 0) != (ImageHeight == 0))
        {
            throw new ArgumentException(
                $"The image size is {ImageWidth}x{ImageHeight}; give both, or 0 for both to have them "
                + "chosen.", nameof(ImageWidth));
        }
        if (Sizing is ImageSizing.Crop or ImageSizing.Tiled)
        {
            throw new ArgumentException(
                $"The sizing is {Sizing}, which is for scoring. Train with Letterbox, Stretch or Native, and set "
                + "Scoring.Sizing.", nameof(Sizing));
        }
        bool IsWindow(int side) => side >= 2 * sizeMultiple && side % sizeMultiple == 0;
        if ((WindowWidth, WindowHeight) != (0, 0) && !(IsWindow(WindowWidth) && IsWindow(WindowHeight)))
        {
            // Of one step of the stride, nothing but a point would be left to normalise at the network's deepest map.
            throw new ArgumentException(
                $"The training window is {WindowWidth}x{WindowHeight}; give both as multiples of {sizeMultiple}, the network's "
                + $"stride, from {2 * sizeMultiple}, or neither.",
                nameof(WindowWidth));
        }
        ValidateTraining();
        Loss.Validate();
        Augmentation.Validate();
        return this;
    }
}

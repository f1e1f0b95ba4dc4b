using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train autoencoder</c>.</summary>
internal static class TrainAutoencoderGroup
{
    /// <summary>The option that decides which defaults the others have.</summary>
    public const string Features = "--features";

    private static readonly AutoencoderTrainerOptions _defaults = new(), _ofFeatures = AutoencoderTrainerOptions.OfFeatures;
    private static readonly Dictionary<string, Encoder> _encoders = SegmentationNetworks.All.Select(network => network.Encoder)
        .DistinctBy(encoder => encoder.Name).ToDictionary(encoder => encoder.Name);

    public static OptionGroup<TrainAutoencoderOptions> Create() => new()
    {
        {
            CommonOptions.Images("A folder of images, an image, or an idx file such as MNIST's train-images-idx3-ubyte.gz."),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { CommonOptions.ModelOut(), options => options.Out, (options, value) => options with { Out = value } },
        {
            CommandOption.Flag(
                Features,
                "Find what is not as in the images, such as defects in images of flawless things: the features of a trained "
                + "encoder are squeezed and given back in place of the pixels, and the model answers the error of each "
                + "pixel. Other "
                + $"defaults then: --encoder {_ofFeatures.Encoder!.Name}, --weights {_ofFeatures.PretrainedWeights}, "
                + $"--latent {_ofFeatures.Latent}, --size {_ofFeatures.ImageWidth}x{_ofFeatures.ImageHeight}, "
                + $"--epochs {_ofFeatures.Epochs}, --batch {_ofFeatures.BatchSize}, --schedule cosine, --flip."),
            options => options.IsOverFeatures,
            (options, value) => options with { IsOverFeatures = value }
        },
        {
            CommandOption.Of(
                "--latent", "N",
                "Numbers that an image is squeezed into; with --encoder or --features, numbers for each place of its code.",
                _defaults.Latent).AtLeast(1),
            options => options.Trainer.Latent,
            (options, value) => options with { Trainer = options.Trainer with { Latent = value } }
        },
        {
            CommandOption.Named(
                "--encoder", "NAME",
                "Pretrain this encoder of a segmentation network, for 'train segmentation --initial-model', or with --features "
                + "take its features: "
                + $"{string.Join(", ", _encoders.Keys)}. [default: the lecture's autoencoder]", _encoders),
            options => options.Trainer.Encoder,
            (options, value) => options with { Trainer = options.Trainer with { Encoder = value } }
        },
        {
            NetworkGroup.Weights("[default: the encoder begins at random]"),
            options => options.Trainer.PretrainedWeights,
            (options, value) => options with { Trainer = options.Trainer with { PretrainedWeights = value } }
        },
        result => result.Gives("--weights") && !result.Gives("--encoder") && !result.GetValue<bool>(Features)
            ? $"Option '--weights' needs '--encoder' or '{Features}': the lecture's autoencoder has no encoder with trained "
                + "weights."
            : null,
        {
            ImageSize.Option(
                "--size",
                "The size that images are stretched to. [default: the first image's, at most 64 a side, with --encoder 256]",
                ConvolutionalAutoencoder.SizeMultiple),
            options => options.Size,
            (options, value) => options with { Size = value }
        },
        { TrainingRange.Option(), options => options.Range, (options, value) => options with { Range = value } },
        {
            AugmentationGroup.Create(_defaults.Augmentation, hasMasks: false),
            options => options.Trainer.Augmentation,
            (options, value) => options with { Trainer = options.Trainer with { Augmentation = value } }
        },
        {
            OptimizationGroup.Create(
                _defaults, "planned, at most 128", $"{TrainerOptions.CommonRate}",
                $"Times that every image is seen. [default: {_defaults.Epochs}]",
                "The time to train for, instead of --epochs."),
            options => options.Trainer,
            WithTrainer
        },
        { ValidationGroup.Create(_defaults), options => options.Trainer, WithTrainer },
        { CheckpointGroup.Create(_defaults), options => options.Trainer, WithTrainer },
        {
            PlanGroup.OnlyPlans(),
            options => options.OnlyPlans,
            (options, value) => options with { OnlyPlans = value }
        },
        {
            PlanGroup.Memory(),
            options => options.Trainer.MemoryMegabytes,
            (options, value) => options with { Trainer = options.Trainer with { MemoryMegabytes = value } }
        },
        {
            CommonOptions.Overwrite(", when the training has ended"),
            options => options.Overwrites,
            (options, value) => options with { Overwrites = value }
        },
        { ComputingGroup.Create(_defaults), options => options.Trainer, WithTrainer },
    };

    private static TrainAutoencoderOptions WithTrainer(TrainAutoencoderOptions options, TrainerOptions changed) =>
        options with { Trainer = (AutoencoderTrainerOptions)changed };
}

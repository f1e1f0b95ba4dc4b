using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train autoencoder</c>.</summary>
internal static class TrainAutoencoderGroup
{
    private static readonly AutoencoderTrainerOptions _defaults = new();
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
            CommandOption.Of(
                "--latent", "N", "Numbers that an image is squeezed into; with --encoder, numbers for each place of its code.",
                _defaults.Latent).AtLeast(1),
            options => options.Trainer.Latent,
            (options, value) => options with { Trainer = options.Trainer with { Latent = value } }
        },
        {
            CommandOption.Named(
                "--encoder", "NAME",
                "Pretrain this encoder of a segmentation network, for 'train segmentation --initial-model': "
                + $"{string.Join(", ", _encoders.Keys)}. [default: the lecture's autoencoder]", _encoders),
            options => options.Trainer.Encoder,
            (options, value) => options with { Trainer = options.Trainer with { Encoder = value } }
        },
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
                _defaults, "planned, at most 128", $"Times that every image is seen. [default: {_defaults.Epochs}]",
                "The time to train for, instead of --epochs."),
            options => options.Trainer,
            WithTrainer
        },
        { ValidationGroup.Create(_defaults), options => options.Trainer, WithTrainer },
        { CheckpointGroup.Create(_defaults), options => options.Trainer, WithTrainer },
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

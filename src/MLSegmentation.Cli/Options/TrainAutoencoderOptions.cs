using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg train autoencoder</c> is asked for.</summary>
internal sealed record TrainAutoencoderOptions
{
    /// <summary>The folder of images, an image, or an idx file.</summary>
    public string Images { get; init; } = "";

    /// <summary>The model to write.</summary>
    public string Out { get; init; } = "";

    /// <summary>Whether a model that is there may be replaced.</summary>
    public bool Overwrites { get; init; }

    /// <summary>The size to stretch images to; null for one that goes by the images.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The range of samples of more than 8 bits; null for the range of their type.</summary>
    public TrainingRange? Range { get; init; }

    /// <summary>Whether it is over the features of an encoder, and finds what is not as in the training images.</summary>
    public bool IsOverFeatures { get; init; }

    /// <summary>Whether to say what would be trained, and no more.</summary>
    public bool OnlyPlans { get; init; }

    /// <summary>How it is trained.</summary>
    public AutoencoderTrainerOptions Trainer { get; init; } = new() { Plan = true };
}

using MLSegmentation.Images;

namespace MLSegmentation.Transforms;

/// <summary>Options of <see cref="ReconstructImageEstimator"/>; the defaults take everything from the model.</summary>
public sealed record ReconstructImageOptions
{
    /// <summary>
    /// The name of the column with the latent vector, as many numbers as the model's code has. Default <c>Latent</c>; null: none is made,
    /// as it must be for a model that does not give it.
    /// </summary>
    public string? LatentColumnName { get; init; } = "Latent";

    /// <summary>
    /// The name of the column with the reconstruction error: the mean squared difference of image and reconstruction, both on a scale of 0 to 1,
    /// over the pixels and channels that the model sees (padding left out). Default <c>ReconstructionError</c>; null: none is made.
    /// </summary>
    public string? ErrorColumnName { get; init; } = "ReconstructionError";

    /// <inheritdoc cref="SegmentImageOptions.Sizing"/>
    public ImageSizing? Sizing { get; init; }

    /// <inheritdoc cref="SegmentImageOptions.ImageWidth"/>
    public int? ImageWidth { get; init; }

    /// <inheritdoc cref="SegmentImageOptions.ImageHeight"/>
    public int? ImageHeight { get; init; }

    /// <inheritdoc cref="SegmentImageOptions.Threads"/>
    public int? Threads { get; init; }
}

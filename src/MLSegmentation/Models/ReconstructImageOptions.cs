namespace MLSegmentation;

/// <summary>Options of <see cref="ReconstructImageEstimator"/>; the defaults take everything from the model.</summary>
public sealed record ReconstructImageOptions : ImageModelOptions
{
    /// <summary>The options with their defaults.</summary>
    public ReconstructImageOptions()
    {
    }

    /// <summary>The options that another record has of all that it has.</summary>
    internal ReconstructImageOptions(ImageModelOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// The name of the column with the latent vector, as many numbers as the model's code has. Default <c>Latent</c>; null: none
    /// is made, as it must be for a model that does not give it.
    /// </summary>
    public string? LatentColumnName { get; init; } = "Latent";

    /// <summary>
    /// The name of the column with the reconstruction error: the mean squared difference of image and reconstruction, both on a
    /// scale of 0 to 1, or the mean of the errors that the model gives itself. It is taken over the pixels and channels that the
    /// model sees, without padding. Default
    /// <c>ReconstructionError</c>; null: none is made.
    /// </summary>
    public string? ErrorColumnName { get; init; } = "ReconstructionError";

    /// <summary>
    /// The name of a column with the error of each pixel, row by row in the size of the incoming image. It is the squared
    /// difference of image and reconstruction, both on a scale of 0 to 1, as a mean over the channels, or the error that the
    /// model gives itself. See <see cref="ErrorSmoothing"/> and <see cref="RelativeErrors"/>. Default null: none is made.
    /// </summary>
    public string? ErrorMapColumnName { get; init; }

    /// <summary>
    /// The name of a column with the anomaly score: the value that the part <see cref="AnomalyQuantile"/> of the error map does
    /// not exceed. It is taken at the size that the model sees. Default null: none is made.
    /// </summary>
    public string? AnomalyScoreColumnName { get; init; }

    /// <summary>
    /// The standard deviation, in pixels of the size that the model sees, of the Gaussian that smooths error map and anomaly
    /// score; 0 to 1000. Default 0: nothing is smoothed. What an autoencoder cannot give back of a texture is noise; a defect is
    /// an area of it.
    /// </summary>
    public double ErrorSmoothing { get; init; }

    /// <summary>
    /// Whether error map and anomaly score count in the image's mean error, so that dark and bright images, or smooth and rough
    /// ones, can be compared. Default false: errors as they are.
    /// </summary>
    public bool RelativeErrors { get; init; }

    /// <summary>
    /// The part of the pixels whose errors the anomaly score reaches, 0 to 1. Default 1: the score is the highest error.
    /// </summary>
    public double AnomalyQuantile { get; init; } = 1;
}

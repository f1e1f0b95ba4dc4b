using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Passes the images of a column, or the image files that a column of paths names, through an autoencoder. Adds the
/// reconstruction, an image in the size of the incoming one, the latent vector and the reconstruction error. On request it adds
/// an error map, an anomaly score, and what is wrong with a bad image. A model over features gives errors alone: there is no
/// reconstruction and no latent vector.
/// </summary>
public sealed class ReconstructImageTransformer
    : ImageModelTransformer<ReconstructImageOptions>, IZipped<ReconstructImageTransformer>
{
    internal ReconstructImageTransformer(ReconstructImageSetup setup, IHostEnvironment env)
        : base(setup, env)
    {
    }

    static ReconstructImageTransformer IZipped<ReconstructImageTransformer>.FromState(
        TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<ImageModelState<ReconstructImageOptions>>();
        return new ReconstructImageTransformer(
            new ReconstructImageSetup(saved.OutputColumnName, saved.InputColumnName, state.RequireModel(), saved.Options), env);
    }
}

using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Passes the images of a column, or the image files that a column of paths names, through an autoencoder's ONNX model. There is
/// nothing to learn; fitting only checks the input column. Made by <c>mlContext.Transforms.ReconstructImage</c>.
/// </summary>
/// <remarks>
/// The model takes images as <see cref="SegmentImageEstimator"/> says. Its output named <c>reconstruction</c>, or the first such,
/// is of float or float16 and has the input's shape and range: that of prepared pixels
/// (<see cref="ImageModelOptions.Preparation"/>). Both are brought back to 0 to 255 before they are compared and drawn.
/// A model without such an output may give the error of each pixel itself, as an autoencoder over features does: an output named
/// <c>error</c> of shape [N,1,H,W]. Then no column of reconstructions is made, and the errors have the model's own unit. The
/// latent vector is an output of float or float16 and shape [N,L]: the one named <c>latent</c>, or the first such.
/// </remarks>
public sealed class ReconstructImageEstimator : RowEstimator<ReconstructImageTransformer>
{
    internal ReconstructImageEstimator(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, OnnxModelSource model,
        ReconstructImageOptions? options)
        : this(env,
            new ReconstructImageSetup(
                outputColumnName, inputColumnName ?? outputColumnName, model, options ?? new ReconstructImageOptions()))
    {
    }

    private ReconstructImageEstimator(IHostEnvironment env, ReconstructImageSetup setup)
        : base([setup.InputColumnName], setup.DescribeOutputs, () => new ReconstructImageTransformer(setup, env))
    {
    }
}

using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Segments the images of a column, or the image files that a column of paths names, with an ONNX model. There is nothing to
/// learn; fitting only checks the input column. Made by <c>mlContext.Transforms.SegmentImage</c>.
/// </summary>
/// <remarks>
/// The model has an input of type float and shape [N,1 or 3,H,W], which takes gray or RGB values from 0 to 255. It has an output
/// of type float and shape [N,C,H,W], C at least 2. The output named <c>probabilities</c> is taken for what its name says. One of
/// any other name is taken for probabilities in an image where every pixel's scores lie in 0 to 1 and sum to 1 within 0.001.
/// Elsewhere it is taken for logits, to which softmax is applied.
/// <para>
/// Weights may lie in a second file, in the folder of the model's file or below, where the model is given by its path. They go
/// into saved zips with the model.
/// </para>
/// </remarks>
public sealed class SegmentImageEstimator : RowEstimator<SegmentImageTransformer>
{
    internal SegmentImageEstimator(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, OnnxModelSource model,
        SegmentImageOptions? options)
        : this(env,
            new SegmentImageSetup(
                outputColumnName, inputColumnName ?? outputColumnName, model, options ?? new SegmentImageOptions()))
    {
    }

    private SegmentImageEstimator(IHostEnvironment env, SegmentImageSetup setup)
        : base([setup.InputColumnName], setup.DescribeOutputs, () => new SegmentImageTransformer(setup, env))
    {
    }

    /// <summary>One with the options that the user of a catalog gave; a training's or a zip's may name classes alike.</summary>
    internal static SegmentImageEstimator Create(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, OnnxModelSource model,
        SegmentImageOptions? options)
    {
        var setup = new SegmentImageSetup(
            outputColumnName, inputColumnName ?? outputColumnName, model, options ?? new SegmentImageOptions());
        setup.Scoring.RequireDistinctNames();
        return new SegmentImageEstimator(env, setup);
    }
}

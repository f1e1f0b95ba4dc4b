using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Segments the images of a column, or the image files that a column of paths names, with an ONNX model. There is nothing to
/// learn; fitting only checks the input column. Made by <c>mlContext.Transforms.SegmentImage</c>.
/// </summary>
/// <remarks>
/// The model has one input of float, float16 or uint8 and shape [N,C,H,W] or [N,H,W,C]. C is 1 (luma), 3 (colour) or 4 (colour and
/// alpha). Each size may be free. A free C is told by its name, such as <c>num_channels</c>, or by the first convolution, and is
/// 3 otherwise. N may be fixed above 1: the image comes first then, zeros follow, and tiles go together.
/// <see cref="ImageModelOptions.Preparation"/> says which numbers the network sees; of uint8 they are those of the pixels.
/// <see cref="ImageModelOptions.SizeMultiple"/> says what a free H and W are padded to.
/// <para>
/// It has an output of type float and shape [N,C,H,W], C at least 2. The output named <c>probabilities</c> is taken for what its name says. One of
/// any other name is taken for probabilities in an image where every pixel's scores lie in 0 to 1 and sum to 1 within 0.001.
/// Elsewhere it is taken for logits, to which softmax is applied.
/// </para>
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

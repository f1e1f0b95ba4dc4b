using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Segments the images of a column, or the image files that a column of paths names, with an ONNX model. There is nothing to
/// learn; fitting only checks the input column. Made by <c>mlContext.Transforms.SegmentImage</c>.
/// </summary>
/// <remarks>
/// The model has one input of float, float16 or uint8 and shape [N,C,H,W] or [N,H,W,C]. C is 1 (luma), 3 (colour) or 4 (colour
/// and alpha). Each size may be free. A free C is told by its name, such as <c>num_channels</c>, or by the first convolution, and
/// is 3 otherwise. N may be fixed above 1: the image comes first then, zeros follow, and tiles go together.
/// <see cref="ImageModelOptions.Preparation"/> says which numbers the network sees; of uint8 they are those of the pixels.
/// <see cref="ImageModelOptions.SizeMultiple"/> says what a free H and W are padded to.
/// <para>
/// It has an output of class scores, floats of any precision of shape [N,C,H,W] or [N,H,W,C], or of class numbers, integers or
/// floats of shape [N,H,W] or [N,1,H,W]. N may be missing. <see cref="SegmentationOptions.Output"/> names one of several. A
/// single channel is the score of a foreground: key 2 where its probability is at least
/// <see cref="SegmentationOptions.Threshold"/>, 0.5 by default, and key 1 elsewhere. A number that is no class's gives key 0.
/// </para>
/// <para>
/// Whether scores are logits or probabilities, of classes that exclude each other or not, is told by the nodes of the graph that
/// make them, or by <see cref="SegmentationOptions.Scores"/>. Scores of another size than the image are interpolated bilinearly
/// with half-pixel centres: to the size of the network's input, and on to the image's. Class numbers take the nearest. Logits
/// are interpolated as logits. Exported models of this project answer probabilities, which are interpolated as such.
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

using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Gives one class each to the images of a column, or to the image files that a column of paths names, with an ONNX model. There
/// is nothing to learn; fitting only checks the input column. Made by <c>mlContext.Transforms.ClassifyImage</c>.
/// </summary>
/// <remarks>
/// The model takes images as <see cref="SegmentImageEstimator"/> says. It has an output of float or float16 and shape [N,C], C at
/// least 2. The output named <c>probabilities</c> is taken for what its name says. One of any other name is taken for
/// probabilities in an image where the scores lie in 0 to 1 and their sum is 1 within 0.001. Elsewhere it is taken for logits, to
/// which softmax is applied.
/// </remarks>
public sealed class ClassifyImageEstimator : RowEstimator<ClassifyImageTransformer>
{
    internal ClassifyImageEstimator(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, OnnxModelSource model,
        ClassifyImageOptions? options)
        : this(env,
            new ClassifyImageSetup(
                outputColumnName, inputColumnName ?? outputColumnName, model, options ?? new ClassifyImageOptions()))
    {
    }

    private ClassifyImageEstimator(IHostEnvironment env, ClassifyImageSetup setup)
        : base([setup.InputColumnName], setup.DescribeOutputs, () => new ClassifyImageTransformer(setup, env))
    {
    }
}

namespace MLSegmentation;

/// <summary>Corrects masks; there is nothing to learn. Made by <c>mlContext.Transforms.PostprocessMask</c>.</summary>
public sealed class PostprocessMaskEstimator : RowEstimator<PostprocessMaskTransformer>
{
    internal PostprocessMaskEstimator(
        string outputColumnName, string? inputColumnName, PostprocessMaskOptions options, string? imageColumnName)
        : base(new PostprocessMaskTransformer(outputColumnName, inputColumnName ?? outputColumnName, options, imageColumnName))
    {
    }
}

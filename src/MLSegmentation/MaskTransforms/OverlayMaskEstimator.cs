namespace MLSegmentation;

/// <summary>Draws masks on their images; there is nothing to learn. Made by <c>mlContext.Transforms.OverlayMask</c>.</summary>
public sealed class OverlayMaskEstimator : RowEstimator<OverlayMaskTransformer>
{
    internal OverlayMaskEstimator(
        string outputColumnName, string maskColumnName, string imageColumnName, OverlayMaskOptions? options)
        : base(new OverlayMaskTransformer(outputColumnName, maskColumnName, imageColumnName, options ?? new OverlayMaskOptions()))
    {
    }
}

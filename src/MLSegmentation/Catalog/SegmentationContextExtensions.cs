using MLSegmentation.Catalog;

namespace Microsoft.ML;

/// <summary>Adds image segmentation to <see cref="MLContext"/>.</summary>
public static class SegmentationContextExtensions
{
    /// <summary>Metrics, trainers and the stock pipeline of image segmentation.</summary>
    /// <param name="context">The context.</param>
    public static SegmentationCatalog Segmentation(this MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new SegmentationCatalog(context);
    }
}

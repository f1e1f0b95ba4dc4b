using MLSegmentation;

namespace Microsoft.ML;

/// <summary>Adds image segmentation to <see cref="MLContext"/>.</summary>
public static class SegmentationContextExtensions
{
    extension(MLContext context)
    {
        /// <summary>Metrics, trainers and the stock pipeline of image segmentation.</summary>
        public SegmentationCatalog Segmentation
        {
            get
            {
                ArgumentNullException.ThrowIfNull(context);
                return new SegmentationCatalog(context);
            }
        }
    }
}

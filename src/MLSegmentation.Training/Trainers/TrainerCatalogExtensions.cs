using MLSegmentation;
using MLSegmentation.Training;

namespace Microsoft.ML;

/// <summary>Adds the trainers to <c>mlContext.Segmentation</c>.</summary>
public static class TrainerCatalogExtensions
{
    extension(SegmentationCatalog catalog)
    {
        /// <summary>The trainers of image segmentation.</summary>
        public TrainerCatalog Trainers
        {
            get
            {
                ArgumentNullException.ThrowIfNull(catalog);
                return new TrainerCatalog(catalog.Context);
            }
        }
    }
}

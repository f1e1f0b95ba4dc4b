using MLSegmentation.Catalog;
using MLSegmentation.Training;

namespace Microsoft.ML;

/// <summary>Adds the trainers to <c>mlContext.Segmentation()</c>.</summary>
public static class TrainerCatalogExtensions
{
    /// <summary>The trainers of image segmentation.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Segmentation()</c>.</param>
    public static TrainerCatalog Trainers(this SegmentationCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new TrainerCatalog(catalog.Context);
    }
}

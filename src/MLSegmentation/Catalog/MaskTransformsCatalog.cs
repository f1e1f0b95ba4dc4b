using MLSegmentation;

namespace Microsoft.ML;

/// <summary>Adds the transforms of masks to <c>mlContext.Transforms</c>.</summary>
public static class MaskTransformsCatalog
{
    /// <summary>Corrects masks: small regions, holes, opening and closing of each class, in time linear in the pixels.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the column with the corrected masks, of the type and with the class names of the incoming ones.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the mask column, such as <c>SegmentImage</c> adds. Null: the output's name.
    /// </param>
    /// <param name="options">What is corrected.</param>
    /// <param name="imageColumnName">
    /// The name of the column with the images that the masks belong to. Needed where the masks' type has no dimensions height and
    /// width, as after <c>SegmentImage</c> of images of differing sizes. Then each image is read for its size. Null, the default:
    /// the type has them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static PostprocessMaskEstimator PostprocessMask(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, PostprocessMaskOptions options,
        string? imageColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        return new PostprocessMaskEstimator(outputColumnName, inputColumnName, options, imageColumnName);
    }

    /// <summary>Draws masks on their images: each class as a tint of its colour with an outline.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the column with the drawn images, of the type of the incoming ones.</param>
    /// <param name="maskColumnName">The name of the mask column, such as <c>SegmentImage</c> adds.</param>
    /// <param name="imageColumnName">The name of the column with the images that the masks belong to.</param>
    /// <param name="options">Null for the defaults: VOC's colours, half transparent.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static OverlayMaskEstimator OverlayMask(
        this TransformsCatalog catalog, string outputColumnName, string maskColumnName, string imageColumnName,
        OverlayMaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(maskColumnName);
        ArgumentException.ThrowIfNullOrEmpty(imageColumnName);
        return new OverlayMaskEstimator(outputColumnName, maskColumnName, imageColumnName, options);
    }

    /// <summary>Turns masks into polygons with holes, along the borders of pixels, as GeoJSON geometries.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the column with the polygons: a vector with one text a class, a GeoJSON MultiPolygon in pixels. The annotation
    /// SlotNames holds the class names.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the mask column, such as <c>SegmentImage</c> adds. Null: the output's name.
    /// </param>
    /// <param name="imageColumnName">
    /// As in <see cref="PostprocessMask(TransformsCatalog, string, string?, PostprocessMaskOptions, string?)"/>.
    /// </param>
    public static MaskToPolygonsEstimator MaskToPolygons(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, string? imageColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new MaskToPolygonsEstimator(outputColumnName, inputColumnName, imageColumnName);
    }
}

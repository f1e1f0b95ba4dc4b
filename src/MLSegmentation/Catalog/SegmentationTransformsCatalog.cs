using MLSegmentation;

namespace Microsoft.ML;

/// <summary>Adds this project's transforms to <c>mlContext.Transforms</c>.</summary>
public static class SegmentationTransformsCatalog
{
    /// <summary>Segments images with an ONNX model file.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the mask column: one key a pixel in the size of the incoming image, row by row; 0 is no class, k + 1 is class k, the
    /// annotation KeyValues holds the class names. Its dimensions are (H, W) where the image column has a size, else it is of variable length.
    /// </param>
    /// <param name="inputColumnName">The name of the column of images, or of paths of image files. Null: the output's name.</param>
    /// <param name="modelFile">The <c>.onnx</c> file; see <see cref="SegmentImageEstimator"/> for what it must hold. Its content goes into saved zips. It is read again to fit and to save: leave the file as it is until then.</param>
    /// <param name="options">Null for the defaults, which take everything from the model.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, takes no image, or does not segment.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, or does not fit the model's classes.
    /// </exception>
    public static SegmentImageEstimator SegmentImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile, SegmentImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(modelFile);
        return new SegmentImageEstimator(HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.OfFile(modelFile), options);
    }

    /// <summary>Segments images with an ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">As in <see cref="SegmentImage(TransformsCatalog, string, string?, string, SegmentImageOptions?)"/>.</param>
    /// <param name="inputColumnName">The name of the column of images, or of paths of image files. Null: the output's name.</param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">Null for the defaults, which take everything from the model.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, takes no image, or does not segment.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, or does not fit the model's classes.
    /// </exception>
    public static SegmentImageEstimator SegmentImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model, SegmentImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new SegmentImageEstimator(HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.Of(model), options);
    }

    /// <summary>Passes images through an autoencoder's ONNX model file.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the column with the reconstruction, an image in the size of the incoming one.</param>
    /// <param name="inputColumnName">The name of the column of images, or of paths of image files. Null: the output's name.</param>
    /// <param name="modelFile">The <c>.onnx</c> file; see <see cref="ReconstructImageEstimator"/> for what it must hold. Its content goes into saved zips. It is read again to fit and to save: leave the file as it is until then.</param>
    /// <param name="options">Null for the defaults, which add the latent vector and the reconstruction error too.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, does not reconstruct, or has no latent vector though one is asked for.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    public static ReconstructImageEstimator ReconstructImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile, ReconstructImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(modelFile);
        return new ReconstructImageEstimator(HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.OfFile(modelFile), options);
    }

    /// <summary>Passes images through an autoencoder's ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">As in <see cref="ReconstructImage(TransformsCatalog, string, string?, string, ReconstructImageOptions?)"/>.</param>
    /// <param name="inputColumnName">The name of the column of images, or of paths of image files. Null: the output's name.</param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">Null for the defaults, which add the latent vector and the reconstruction error too.</param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, does not reconstruct, or has no latent vector though one is asked for.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    public static ReconstructImageEstimator ReconstructImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model, ReconstructImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new ReconstructImageEstimator(HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.Of(model), options);
    }

    /// <summary>Gives each image one class with an ONNX model file.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the column with the class, a key: 0 is none, k + 1 is class k, the annotation KeyValues holds the class names.
    /// </param>
    /// <param name="inputColumnName">The name of the column of images, or of paths of image files. Null: the output's name.</param>
    /// <param name="modelFile">The <c>.onnx</c> file; see <see cref="ClassifyImageEstimator"/> for what it must hold. Its content goes into saved zips. It is read again to fit and to save: leave the file as it is until then.</param>
    /// <param name="options">Null for the defaults, which take everything from the model and add the column <c>Score</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, takes no image, or does not classify.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, or does not fit the model's classes.
    /// </exception>
    public static ClassifyImageEstimator ClassifyImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile, ClassifyImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(modelFile);
        return new ClassifyImageEstimator(HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.OfFile(modelFile), options);
    }

    /// <summary>Gives each image one class with an ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">As in <see cref="ClassifyImage(TransformsCatalog, string, string?, string, ClassifyImageOptions?)"/>.</param>
    /// <param name="inputColumnName">The name of the column of images, or of paths of image files. Null: the output's name.</param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">Null for the defaults, which take everything from the model and add the column <c>Score</c>.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, takes no image, or does not classify.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, or does not fit the model's classes.
    /// </exception>
    public static ClassifyImageEstimator ClassifyImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model, ClassifyImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new ClassifyImageEstimator(HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.Of(model), options);
    }

    /// <summary>
    /// Reads image files: upright as their EXIF orientation says, with 16-bit, palette, CMYK and transparent images right, and an error
    /// that names the file for one that is truncated, damaged or missing. Files are read as rows are.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the image column; each image has its own size.</param>
    /// <param name="imageFolder">The folder that relative paths start from. Null: the current one.</param>
    /// <param name="inputColumnName">The name of the text column with paths. Null, the default: the output's name.</param>
    /// <param name="sampleRange">
    /// The values that become black and white where samples have more than 8 bits, such as 0 to 4095 of a camera of 12 bits; see
    /// <see cref="SampleRange.Measure"/>. A segmentation trained on the column tells it to the model. Null, the default: the least and the greatest
    /// value of their type.
    /// </param>
    public static ReadImagesEstimator ReadImages(
        this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null, SampleRange? sampleRange = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ReadImagesEstimator(outputColumnName, inputColumnName, imageFolder, sampleRange);
    }

    /// <summary>
    /// Reads label masks from PNG, TIFF, BMP and GIF files: the label column that trainers and <c>Evaluate</c> take. Values are class
    /// numbers, unless the options say which colour is which class.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the mask column: one key a pixel, row by row, of variable length; 0 is ignored, k + 1 is class k, the annotation KeyValues
    /// holds the class names.
    /// </param>
    /// <param name="maskFolder">The folder that relative paths start from. Null: the current one.</param>
    /// <param name="classNames">The name of each class, in the order of the label values 0, 1, 2 and so on; at least one.</param>
    /// <param name="inputColumnName">
    /// The name of the text column with paths. Null, the default: the output's name. Fitting needs it; rows that are scored later may be without, and get masks of
    /// no pixels.
    /// </param>
    /// <param name="options">Null for the defaults: index masks where every label value is a class.</param>
    /// <exception cref="ArgumentException">There is no class name, two are equal, or the options do not fit the classes.</exception>
    public static ReadMasksEstimator ReadMasks(
        this TransformsCatalog catalog, string outputColumnName, string? maskFolder, IReadOnlyList<string> classNames,
        string? inputColumnName = null, ReadMasksOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ReadMasksEstimator(new MaskReader(maskFolder, classNames, options ?? new ReadMasksOptions()), outputColumnName, inputColumnName);
    }

    /// <summary>Corrects masks: small regions, holes, opening and closing of each class, in time linear in the pixels.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the column with the corrected masks, of the type and with the class names of the incoming ones.</param>
    /// <param name="inputColumnName">The name of the mask column, such as <c>SegmentImage</c> adds. Null: the output's name.</param>
    /// <param name="options">What is corrected.</param>
    /// <param name="imageColumnName">
    /// The name of the column with the images that the masks belong to. Needed where the masks' type has no dimensions height and width, as after
    /// <c>SegmentImage</c> of images of differing sizes; then each image is read for its size. Null, the default: the type has them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static PostprocessMaskEstimator PostprocessMask(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, PostprocessMaskOptions options, string? imageColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
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
        this TransformsCatalog catalog, string outputColumnName, string maskColumnName, string imageColumnName, OverlayMaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new OverlayMaskEstimator(outputColumnName, maskColumnName, imageColumnName, options);
    }

    /// <summary>Turns masks into polygons with holes, along the borders of pixels, as GeoJSON geometries.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the column with the polygons: a vector with one text a class, a GeoJSON MultiPolygon in pixels; the annotation SlotNames holds the
    /// class names.
    /// </param>
    /// <param name="inputColumnName">The name of the mask column, such as <c>SegmentImage</c> adds. Null: the output's name.</param>
    /// <param name="imageColumnName">
    /// As in <see cref="PostprocessMask(TransformsCatalog, string, string?, PostprocessMaskOptions, string?)"/>.
    /// </param>
    public static MaskToPolygonsEstimator MaskToPolygons(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null, string? imageColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new MaskToPolygonsEstimator(outputColumnName, inputColumnName, imageColumnName);
    }
}

using MLSegmentation;

namespace Microsoft.ML;

/// <summary>Adds the transforms that run ONNX models over images to <c>mlContext.Transforms</c>.</summary>
public static class ImageModelsCatalog
{
    /// <summary>Segments images with an ONNX model file.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the mask column: one key a pixel in the size of the incoming image, row by row. Key 0 is no class, k + 1 is
    /// class k. The annotation KeyValues holds the class names. Its dimensions are (H, W) where the image column has a size, else
    /// it is of variable length.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the column of images, or of paths of image files. Null: the output's name.
    /// </param>
    /// <param name="modelFile">
    /// The <c>.onnx</c> file; see <see cref="SegmentImageEstimator"/> for what it must hold. Its content goes into saved zips.
    /// It is read again to fit and to save: leave the file as it is until then.
    /// </param>
    /// <param name="options">
    /// Null for the defaults, which take everything from the model. One from elsewhere may leave something open, such as how
    /// pixels are prepared.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, or does not segment. Or weights in a second file are missing, or a file that
    /// describes it is damaged.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another or what the model says, or does not fit the model's classes. Or nothing
    /// says how pixels are prepared.
    /// </exception>
    public static SegmentImageEstimator SegmentImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile,
        SegmentImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        return SegmentImageEstimator.Create(
            HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.OfFile(modelFile), options);
    }

    /// <summary>Segments images with an ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// As in <see cref="SegmentImage(TransformsCatalog, string, string?, string, SegmentImageOptions?)"/>.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the column of images, or of paths of image files. Null: the output's name.
    /// </param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">
    /// Null for the defaults, which take everything from the model. One from elsewhere may leave something open, such as how
    /// pixels are prepared.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, or does not segment. Or weights in a second file are missing, or a file that
    /// describes it is damaged.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another or what the model says, or does not fit the model's classes. Or nothing
    /// says how pixels are prepared.
    /// </exception>
    public static SegmentImageEstimator SegmentImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model,
        SegmentImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(model);
        return SegmentImageEstimator.Create(
            HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.Of(model), options);
    }

    /// <summary>Passes images through an autoencoder's ONNX model file.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the column with the reconstruction, an image in the size of the incoming one.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the column of images, or of paths of image files. Null: the output's name.
    /// </param>
    /// <param name="modelFile">
    /// The <c>.onnx</c> file; see <see cref="ReconstructImageEstimator"/> for what it must hold. Its content goes into saved
    /// zips. It is read again to fit and to save: leave the file as it is until then.
    /// </param>
    /// <param name="options">Null for the defaults, which add the latent vector and the reconstruction error too.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, does not reconstruct, or has no latent vector though one is asked for.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, or contradicts another or what the model says. Or nothing says how pixels are prepared.
    /// </exception>
    public static ReconstructImageEstimator ReconstructImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile,
        ReconstructImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        return new ReconstructImageEstimator(
            HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.OfFile(modelFile), options);
    }

    /// <summary>Passes images through an autoencoder's ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// As in <see cref="ReconstructImage(TransformsCatalog, string, string?, string, ReconstructImageOptions?)"/>.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the column of images, or of paths of image files. Null: the output's name.
    /// </param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">Null for the defaults, which add the latent vector and the reconstruction error too.</param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, does not reconstruct, or has no latent vector though one is asked for.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, or contradicts another or what the model says. Or nothing says how pixels are prepared.
    /// </exception>
    public static ReconstructImageEstimator ReconstructImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model,
        ReconstructImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(model);
        return new ReconstructImageEstimator(
            HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.Of(model), options);
    }

    /// <summary>Gives each image one class with an ONNX model file.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the column with the class, a key: 0 is none, k + 1 is class k, the annotation KeyValues holds the class names.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the column of images, or of paths of image files. Null: the output's name.
    /// </param>
    /// <param name="modelFile">
    /// The <c>.onnx</c> file; see <see cref="ClassifyImageEstimator"/> for what it must hold. Its content goes into saved zips.
    /// It is read again to fit and to save: leave the file as it is until then.
    /// </param>
    /// <param name="options">Null for the defaults, which take everything from the model and add the column <c>Score</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, or does not classify. Or weights in a second file are missing, or a file that
    /// describes it is damaged.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another or what the model says, or does not fit the model's classes. Or nothing
    /// says how pixels are prepared.
    /// </exception>
    public static ClassifyImageEstimator ClassifyImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile,
        ClassifyImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        return new ClassifyImageEstimator(
            HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.OfFile(modelFile), options);
    }

    /// <summary>Gives each image one class with an ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// As in <see cref="ClassifyImage(TransformsCatalog, string, string?, string, ClassifyImageOptions?)"/>.
    /// </param>
    /// <param name="inputColumnName">
    /// The name of the column of images, or of paths of image files. Null: the output's name.
    /// </param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">Null for the defaults, which take everything from the model and add the column <c>Score</c>.</param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, or does not classify. Or weights in a second file are missing, or a file that
    /// describes it is damaged.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another or what the model says, or does not fit the model's classes. Or nothing
    /// says how pixels are prepared.
    /// </exception>
    public static ClassifyImageEstimator ClassifyImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model,
        ClassifyImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(model);
        return new ClassifyImageEstimator(
            HostEnvironment.Of(catalog), outputColumnName, inputColumnName, OnnxModelSource.Of(model), options);
    }
}

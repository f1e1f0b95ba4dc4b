using MLSegmentation.Onnx;
using MLSegmentation.Transforms;

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
    /// <param name="inputColumnName">The name of the image column, of images of any size. Null: the output's name.</param>
    /// <param name="modelFile">The <c>.onnx</c> file; see <see cref="SegmentImageEstimator"/> for what it must hold. Its content goes into saved zips.</param>
    /// <param name="options">Null for the defaults, which take everything from the model.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, takes no image, does not segment, or its classes differ from the options'.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    public static SegmentImageEstimator SegmentImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, string modelFile, SegmentImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(modelFile);
        return new SegmentImageEstimator(outputColumnName, inputColumnName, OnnxModelFile.Read(modelFile), OnnxModelFile.Name(modelFile), options);
    }

    /// <summary>Segments images with an ONNX model in memory.</summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">As in <see cref="SegmentImage(TransformsCatalog, string, string?, string, SegmentImageOptions?)"/>.</param>
    /// <param name="inputColumnName">As there.</param>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">As there.</param>
    /// <exception cref="InvalidDataException">As there.</exception>
    /// <exception cref="ArgumentException">As there.</exception>
    public static SegmentImageEstimator SegmentImage(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName, byte[] model, SegmentImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        return new SegmentImageEstimator(outputColumnName, inputColumnName, model, "The model", options);
    }
}

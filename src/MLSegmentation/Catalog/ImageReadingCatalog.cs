using MLSegmentation;

namespace Microsoft.ML;

/// <summary>Adds the transforms that read image and mask files to <c>mlContext.Transforms</c>.</summary>
public static class ImageReadingCatalog
{
    /// <summary>
    /// Reads image files, upright as their EXIF orientation says, and 16-bit, palette, CMYK and transparent images right. A file
    /// that is truncated, damaged or missing is an error that names it. Files are read as rows are.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">The name of the image column; each image has its own size.</param>
    /// <param name="imageFolder">The folder that relative paths start from. Null: the current one.</param>
    /// <param name="inputColumnName">The name of the text column with paths. Null, the default: the output's name.</param>
    /// <param name="sampleRange">
    /// The values that become black and white where samples have more than 8 bits, such as 0 to 4095 of a camera of 12 bits. See
    /// <see cref="SampleRange.Measure"/>. A segmentation trained on the column tells it to the model. Null, the default: the
    /// least and the greatest value of their type.
    /// </param>
    public static ReadImagesEstimator ReadImages(
        this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null,
        SampleRange? sampleRange = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return new ReadImagesEstimator(outputColumnName, inputColumnName, imageFolder, sampleRange);
    }

    /// <summary>
    /// Reads label masks from PNG, TIFF, BMP and GIF files: the label column that trainers and <c>Evaluate</c> take. Values are
    /// class numbers, unless the options say which colour is which class.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Transforms</c>.</param>
    /// <param name="outputColumnName">
    /// The name of the mask column: one key a pixel, row by row, of variable length. Key 0 is ignored, k + 1 is class k. The
    /// annotation KeyValues holds the class names.
    /// </param>
    /// <param name="maskFolder">The folder that relative paths start from. Null: the current one.</param>
    /// <param name="classNames">The name of each class, in the order of the label values 0, 1, 2 and so on; at least one.</param>
    /// <param name="inputColumnName">
    /// The name of the text column with paths. Null, the default: the output's name. Fitting needs it; rows that are scored
    /// later may be without, and get masks of no pixels.
    /// </param>
    /// <param name="options">Null for the defaults: index masks where every label value is a class.</param>
    /// <exception cref="ArgumentException">
    /// There is no class name, two are equal, or the options do not fit the classes.
    /// </exception>
    public static ReadMasksEstimator ReadMasks(
        this TransformsCatalog catalog, string outputColumnName, string? maskFolder, IReadOnlyList<string> classNames,
        string? inputColumnName = null, ReadMasksOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(classNames);
        return new ReadMasksEstimator(
            new MaskReader(maskFolder, classNames, options ?? new ReadMasksOptions()), outputColumnName, inputColumnName);
    }
}

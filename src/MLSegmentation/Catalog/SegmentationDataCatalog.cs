using MLSegmentation;

namespace Microsoft.ML;

/// <summary>Adds this project's sources of data to <c>mlContext.Data</c>.</summary>
public static class SegmentationDataCatalog
{
    /// <summary>
    /// Pairs the images of a folder with the masks of another by their names, ordered by name. The rows have the columns Name,
    /// ImagePath and MaskPath (<see cref="SegmentationFolderRow"/>), for <c>ReadImages</c> and <c>ReadMasks</c>. Subfolders of
    /// one belong to the same subfolders of the other.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="imageFolder">
    /// The folder of images: .jpg, .jpeg, .png, .bmp, .gif, .webp, .tif or .tiff, also in subfolders. Hidden files and other
    /// files are passed over.
    /// </param>
    /// <param name="maskFolder">
    /// The folder of masks, .png, .tif, .tiff, .bmp or .gif, which may be the same; it may hold masks of other images too.
    /// </param>
    /// <param name="splitFile">
    /// A CSV file whose first line names the columns <c>name</c> and <c>split</c>. A name is a file name, with or without
    /// extension, behind its subfolder and <c>/</c> where it is in one. Needs <paramref name="part"/>. Null, the default: all
    /// images.
    /// </param>
    /// <param name="part">The value of <c>split</c> of the images to take, such as <c>train</c>.</param>
    /// <param name="maskSuffix">
    /// What follows the image's name in its mask's name, such as <c>_matte</c>; <c>""</c> for nothing. Null, the default:
    /// nothing, or one of <c>mask</c>, <c>masks</c>, <c>gt</c>, <c>label</c>, <c>labels</c>, <c>seg</c>, <c>segmentation</c>,
    /// <c>labelIds</c> and <c>labelTrainIds</c>. They may be in any case and stand behind the name or before it, with <c>_</c>,
    /// <c>-</c> or <c>.</c> between.
    /// </param>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The split file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// A folder is empty, or the folders are exchanged. Or an image has no mask, several or one of another size, or two images
    /// have the same name. Or the split file does not fit.
    /// </exception>
    /// <exception cref="ArgumentException">Only one of split file and part is given.</exception>
    public static IDataView LoadSegmentationFolder(
        this DataOperationsCatalog catalog, string imageFolder, string maskFolder, string? splitFile = null,
        string? part = null, string? maskSuffix = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        ArgumentException.ThrowIfNullOrEmpty(maskFolder);
        return catalog.LoadFromEnumerable(SegmentationFolder.Pair(imageFolder, maskFolder, splitFile, part, maskSuffix));
    }

    /// <summary>
    /// The images of a folder, ordered by name: rows with the columns Name and ImagePath (<see cref="ImageFolderRow"/>), for
    /// <c>ReadImages</c> or <c>SegmentImage</c>. The same images as <see cref="LoadSegmentationFolder"/> finds, whether they
    /// have masks or not.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="imageFolder">As in <see cref="LoadSegmentationFolder"/>.</param>
    /// <param name="splitFile">
    /// A CSV file whose first line names the columns <c>name</c> and <c>split</c>, as <see cref="LoadSegmentationFolder"/>
    /// takes it; needs <paramref name="part"/>. Null, the default: all images.
    /// </param>
    /// <param name="part">The value of <c>split</c> of the images to take, such as <c>train</c>.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The split file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The folder has no images, two have the same name, or the split file does not fit.
    /// </exception>
    /// <exception cref="ArgumentException">Only one of split file and part is given.</exception>
    public static IDataView LoadImageFolder(
        this DataOperationsCatalog catalog, string imageFolder, string? splitFile = null, string? part = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(imageFolder);
        Dictionary<string, string> images = SegmentationFolder.Images(imageFolder, splitFile, part);
        return catalog.LoadFromEnumerable(images
            .OrderBy(image => image.Key, StringComparer.Ordinal)
            .Select(image => new ImageFolderRow { Name = image.Key, ImagePath = image.Value })
            .ToArray());
    }

    /// <summary>
    /// The images that an annotation file is about, with their masks: rows with the columns Name, ImagePath and Label, ordered by
    /// name. Label is a mask of keys as <c>ReadMasks</c> gives it, painted as rows are read; its first class is the background.
    /// Regions are painted in the file's order, a later one over an earlier one.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="path">
    /// The file, folder or zip that an annotation tool wrote. A zip is unpacked into a temporary folder, which stays as long as
    /// the process.
    /// </param>
    /// <param name="imageFolder">
    /// The folder that the names of images in it start from. Null, the default: beside the file, in a folder <c>images</c> there,
    /// or where the format has them.
    /// </param>
    /// <param name="format">
    /// The format: <c>coco</c>, <c>coco-panoptic</c>, <c>labelme</c>, <c>cvat</c>, <c>yolo</c>, <c>voc</c>, <c>cityscapes</c>,
    /// <c>cityscapes-train-ids</c>, <c>label-studio</c>, <c>supervisely</c>, <c>via</c> or <c>roboflow-masks</c>. Null, the
    /// default: told from the content.
    /// </param>
    /// <param name="ignoreUnlabelled">
    /// Whether pixels in no region are to be ignored, as where strokes cover a part of each image. False, the default: they are
    /// of the first class.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file, or an image that it names is missing.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of no known format, or there are several in a folder.</exception>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static IDataView LoadAnnotations(
        this DataOperationsCatalog catalog, string path, string? imageFolder = null, string? format = null,
        bool ignoreUnlabelled = false)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new AnnotationDataView(AnnotationFormat.Read(path, imageFolder, format), ignoreUnlabelled);
    }

    /// <summary>
    /// The images of an idx file, such as MNIST's, as rows. The column Image has gray images of the file's size. With a labels
    /// file there is the column Label, a key whose values are the label numbers as text. Plain or compressed with gzip; read as
    /// the rows are.
    /// </summary>
    /// <param name="catalog">The catalog, <c>mlContext.Data</c>.</param>
    /// <param name="path">The file of images, such as <c>train-images-idx3-ubyte.gz</c>.</param>
    /// <param name="labelsPath">The file of labels. Null, the default: there is no column Label.</param>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is not of that kind, or there are more labels than images or fewer.
    /// </exception>
    public static IDataView LoadIdxImages(this DataOperationsCatalog catalog, string path, string? labelsPath = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        IdxImageFile file = IdxImageReader.Open(path);
        byte[]? labels = labelsPath is null ? null : IdxImageReader.ReadLabels(labelsPath);
        if (labels is not null && labels.Length != file.Count)
        {
            throw new InvalidDataException(
                $"The idx file '{labelsPath}' has {labels.Length} labels for the {file.Count} images of '{path}'. "
                + "Give files that belong together.");
        }
        return new IdxDataView(file, labels);
    }
}

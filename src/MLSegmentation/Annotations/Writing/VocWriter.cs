using System.Text;

namespace MLSegmentation;

/// <summary>
/// Writes folders in the form of Pascal VOC: masks in <c>SegmentationClass</c>, whose indices are classes and 255 is to be
/// ignored, copies of the images in <c>JPEGImages</c>, their names in <c>ImageSets/Segmentation/trainval.txt</c>, and the classes
/// in <c>class_names.txt</c>.
/// </summary>
/// <remarks>
/// Source: the VOC2012 development kit; <c>class_names.txt</c> is LabelMe's, as VOC has no file for other classes than its own.
/// </remarks>
internal sealed class VocWriter : IAnnotationWriter
{
    private const string ClassesFile = "class_names.txt";

    private readonly string _folder;
    private readonly AnnotationWriterOptions _options;
    private readonly Rgb[] _palette;
    private readonly PartialFile _names;

    /// <summary>Begins a folder.</summary>
    /// <exception cref="IOException">It has such a list of images already, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">There are too many classes, or a name cannot be in a line.</exception>
    public VocWriter(string folder, AnnotationWriterOptions options)
    {
        (_folder, _options) = (folder, options);
        options.Classes.RequireLines();
        int classes = options.Classes.Names.Count;
        if (classes > MaskPng.NoClass)
        {
            throw new InvalidDataException(
                $"There are {classes} classes, but the masks of VOC have {MaskPng.NoClass} at most. Write another format.");
        }
        _palette = Palette.Voc(classes);
        NewFile.Prepare(Path.Combine(folder, ClassesFile));
        _names = NewFile.Begin(Path.Combine(folder, "ImageSets", "Segmentation", "trainval.txt"));
    }

    public int Add(LabelledImage image)
    {
        string path = NewFile.Within(Path.Combine(_folder, "SegmentationClass"), image.Name + ".png");
        NewFile.Prepare(path);
        ImageCopies.Add(image, Path.Combine(_folder, "JPEGImages"));
        MaskPng.Write(path, image.Keys, image.Width, image.Height, _palette);
        _names.Stream.Write(Encoding.UTF8.GetBytes($"{image.Name}\n"));
        return MaskRegions.Find(image, _options.Classes).All.Count;
    }

    public void Complete()
    {
        NewFile.WriteText(Path.Combine(_folder, ClassesFile), string.Join('\n', _options.Classes.Names));
        _names.Complete();
    }

    public void Dispose() => _names.Dispose();
}

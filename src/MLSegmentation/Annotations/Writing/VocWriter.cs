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
    private readonly string _folder;
    private readonly AnnotationWriterOptions _options;
    private readonly Rgb[] _palette;
    private readonly StringBuilder _names = new();
    private readonly NewFiles _files = new();

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
        NewFile.Require(ClassesFile);
        NewFile.Require(NamesFile);
    }

    private string ClassesFile => Path.Combine(_folder, VocReader.ClassesFile);

    private string NamesFile => Path.Combine(_folder, "ImageSets", "Segmentation", "trainval.txt");

    private string Images => Path.Combine(_folder, "JPEGImages");

    public IEnumerable<string> FilesOf(ListedFile image) => [MaskOf(image.Name), .. ImageCopies.FilesOf(image, Images)];

    public int Add(LabelledImage image)
    {
        ImageCopies.Add(image, Images, _files);
        MaskPng.Write(_files.Claim(MaskOf(image.Name)), image.Keys, image.Width, image.Height, _palette);
        _names.Append(image.Name).Append('\n');
        return MaskRegions.Count(image, _options.Classes);
    }

    public void Complete()
    {
        _files.WriteText(ClassesFile, string.Join('\n', _options.Classes.Names));
        _files.WriteText(NamesFile, $"{_names}");
        _files.Complete();
    }

    public void Dispose() => _files.Dispose();

    private string MaskOf(string name) => NewFile.Within(Path.Combine(_folder, "SegmentationClass"), name + ".png");
}

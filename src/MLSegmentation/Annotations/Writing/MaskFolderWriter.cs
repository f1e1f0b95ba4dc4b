using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// Writes a folder of masks, <c>NAME.png</c> each, whose values are the numbers of classes as <see cref="MaskPng"/> writes them,
/// and the classes as <c>classes.txt</c>.
/// </summary>
internal sealed class MaskFolderWriter : IAnnotationWriter
{
    /// <summary>What the file of the classes is called.</summary>
    public const string ClassesFile = "classes.txt";

    private readonly string _folder;
    private readonly AnnotationWriterOptions _options;
    private readonly Rgb[] _palette;
    private readonly string _classes;
    private readonly NewFiles _files = new();

    /// <summary>Begins a folder.</summary>
    /// <exception cref="IOException">It has such a file of classes already.</exception>
    /// <exception cref="InvalidDataException">A name of a class cannot be in a line.</exception>
    public MaskFolderWriter(string folder, AnnotationWriterOptions options)
    {
        (_folder, _options) = (folder, options);
        options.Classes.RequireLines();
        _palette = Palette.Voc(options.Classes.Names.Count);
        // A number and a colour around it leave no name that could be taken for something else.
        _classes = string.Concat(options.Classes.Names.Select((name, index) => string.Create(
            CultureInfo.InvariantCulture, $"{index} {name} {_palette[index]}\n")));
        NewFile.Require(Path.Combine(folder, ClassesFile));
    }

    public IEnumerable<string> FilesOf(ListedFile image) => [MaskOf(image.Name)];

    public int Add(LabelledImage image)
    {
        MaskPng.Write(_files.Claim(MaskOf(image.Name)), image.Keys, image.Width, image.Height, _palette);
        return MaskRegions.Count(image, _options.Classes);
    }

    public void Complete()
    {
        _files.WriteText(Path.Combine(_folder, ClassesFile), _classes);
        _files.Complete();
    }

    public void Dispose() => _files.Dispose();

    private string MaskOf(string name) => NewFile.Within(_folder, name + ".png");
}

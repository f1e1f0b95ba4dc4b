namespace MLSegmentation.Cli;

/// <summary>The images of an annotation file, by their names.</summary>
internal sealed class AnnotatedSet
{
    private readonly string _file;
    private readonly Dictionary<string, AnnotatedImage> _images = new(FileNameComparer.Instance);

    private AnnotatedSet(string file, IAnnotationReader reader)
    {
        (_file, Reader) = (file, reader);
        foreach (AnnotatedImage image in reader.Images)
        {
            if (_images.TryAdd(image.Name, image)) continue;
            throw new InvalidDataException(
                $"The annotations '{file}' have two images named '{PrintableText.Of(image.Name)}': "
                + $"'{_images[image.Name].Path}' and '{image.Path}'. Rename or remove one.");
        }
    }

    /// <summary>The annotations.</summary>
    public IAnnotationReader Reader { get; }

    /// <summary>Opens the annotations that a command names.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="missing">Takes what is to be said of images that are missing; null where the first is an error.</param>
    /// <exception cref="IOException">A file or an image is missing.</exception>
    /// <exception cref="InvalidDataException">They are damaged, of no known format, or have no images.</exception>
    public static AnnotatedSet Read(DataOptions options, ICollection<string>? missing)
    {
        string file = options.Annotations!;
        var set = new AnnotatedSet(file, AnnotationFormat.Read(
            file, options.Images.Length > 0 ? options.Images : null, options.AnnotationFormat, missing));
        if (set._images.Count > 0) return set;
        throw new InvalidDataException(missing is { Count: > 0 }
            ? $"None of the {missing.Count} images of the annotations '{file}' is there. {missing.First()}"
            : $"The annotations '{file}' have no images. Export them anew.");
    }

    /// <summary>The images of a part; all without a split file.</summary>
    /// <exception cref="FileNotFoundException">There is no such split file.</exception>
    /// <exception cref="InvalidDataException">It is none, or names images that are not there.</exception>
    public IReadOnlyList<(AnnotatedImage Image, string? Part)> Select(string? splitFile, string? part) => splitFile is null
        ? [.. Reader.Images.Select(image => (image, part))]
        : [
            .. SplitFile.Select(_images, _file, splitFile, part!).OrderBy(image => image.Key, StringComparer.Ordinal)
                .Select(image => (image.Value, part)),
        ];

    /// <summary>The images of all parts, and what the split file names and is not there.</summary>
    /// <param name="splitFile">The split file; null for none.</param>
    /// <param name="part">The part of all images where there is none.</param>
    /// <exception cref="FileNotFoundException">There is no such split file.</exception>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public (IReadOnlyList<(AnnotatedImage Image, string? Part)> Images, IReadOnlyList<DataSample> Missing) Split(
        string? splitFile, string? part)
    {
        if (splitFile is null) return (Select(null, part), []);
        ILookup<bool, (string Image, string Part)> lines = SplitFile.Read(splitFile).Distinct()
            .ToLookup(line => _images.ContainsKey(SplitFile.NameIn(_images, line.Image)));
        return (
            [
                .. lines[true].Select(line => (Image: _images[SplitFile.NameIn(_images, line.Image)], (string?)line.Part))
                    .OrderBy(one => one.Image.Name, StringComparer.Ordinal),
            ],
            [.. lines[false].Select(line => new DataSample(line.Image, null, null, line.Part))]);
    }
}

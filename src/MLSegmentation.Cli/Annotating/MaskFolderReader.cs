namespace MLSegmentation.Cli;

/// <summary>Masks of a folder as annotations: a region for each class of an image but the first.</summary>
internal sealed class MaskFolderReader : IAnnotationReader
{
    private readonly SegmentationFolderRow[] _rows;
    private readonly MaskReader _masks;

    private MaskFolderReader(SegmentationFolderRow[] rows, MaskReader masks)
    {
        (_rows, _masks) = (rows, masks);
        Images = [.. rows.Index().Select(row => new AnnotatedImage(row.Item.Name, row.Item.ImagePath, null, row.Index))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _masks.ClassNames;

    /// <inheritdoc/>
    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>Opens the folder <see cref="ConvertOptions.From"/>.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">An image has no mask, or the file of classes is none.</exception>
    public static MaskFolderReader Open(ConvertOptions options)
    {
        if (options.Images.Length == 0)
            throw new UsageException($"The masks of '{options.From}' need their images: give --images.");
        string classFile = options.ClassFile ?? Path.Combine(options.From, MaskFolderWriter.ClassesFile);
        if (!File.Exists(classFile))
        {
            throw new UsageException(
                $"There is no file of classes '{classFile}', which names those of the masks: give --classes.");
        }
        // As masks of so many classes are written; the last of 256 has the number that fewer have no class for.
        int ignore = options.Ignore
            ?? (ClassFile.Read(classFile, ignore: null).Names.Count > MaskPng.NoClass ? MaskPng.NoClassOfMany : MaskPng.NoClass);
        ClassList classes = ClassFile.Read(classFile, ignore);
        var masks = new MaskReader(null, classes.Names, MaskFormat.OptionsFor(classes, ignore, threshold: null));
        IReadOnlyList<SegmentationFolderRow> rows = LabelledImages.Find(
            ToolContext.Create(), options with { Masks = options.From }, part: null);
        return new MaskFolderReader([.. rows.OrderBy(row => row.Name, StringComparer.Ordinal)], masks);
    }

    /// <inheritdoc/>
    public IEnumerable<AnnotatedRegion> Read(AnnotatedImage image)
    {
        string file = _rows[image.Key].MaskPath;
        var (width, height) = ImageHeader.TryReadSize(image.Path)!.Value;
        ushort[] keys = [.. _masks.Read(file).Select(key => (ushort)key)];
        // What is in no region is of the first class.
        return MaskFileRegions.Of(new LabelImage(width, height, keys), file, ignored: 0, key => key - 1)
            .Where(region => region.Class != 0);
    }
}

namespace MLSegmentation.Cli;

/// <summary>Images and what they show, from folders of masks or from the annotations of a tool.</summary>
internal sealed class LabelledSet : IDisposable
{
    private readonly PaintedMasks? _painted;
    private readonly Dictionary<string, string> _imageOfMask = [];

    private LabelledSet(IEnumerable<DataSample> samples, ClassList? classes, int? ignore)
    {
        (Samples, Classes, Ignore) = ([.. samples], classes, ignore);
        Findings = [];
    }

    private LabelledSet(
        ClassList classes, IReadOnlyList<DataSample> others, IEnumerable<DataFinding> absent, PaintedMasks painted)
    {
        _painted = painted;
        _imageOfMask = painted.Samples.ToDictionary(sample => sample.MaskPath!, sample => sample.ImagePath!);
        Findings = [.. absent, .. painted.Findings];
        Samples = [.. painted.Samples, .. others];
        Classes = classes;
        Ignore = PaintedMasks.IgnoreLabel(classes.Names.Count);
    }

    /// <summary>The images and their masks.</summary>
    public IReadOnlyList<DataSample> Samples { get; }

    /// <summary>The classes; null where nobody names them.</summary>
    public ClassList? Classes { get; }

    /// <summary>The value in the masks that is no class; null for none.</summary>
    public int? Ignore { get; }

    /// <summary>Whether the masks were painted from annotations: values are classes then.</summary>
    public bool IsPainted => _painted is not null;

    /// <summary>The number of images that are not among the samples: their annotations have errors.</summary>
    public int Failures => _painted?.Failures ?? 0;

    /// <summary>What is wrong with the annotations.</summary>
    public IReadOnlyList<DataFinding> Findings { get; }

    /// <summary>The images of a part that is scored: all have masks that fit.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="part">The part; null for all images.</param>
    /// <param name="classNames">The model's classes; null where it has none.</param>
    /// <param name="isJson">Whether standard output belongs to a JSON object.</param>
    /// <param name="cancellation">Stops the painting of masks.</param>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// An image has no mask, the split file does not fit, or the annotations have errors.
    /// </exception>
    public static LabelledSet Open(
        DataOptions options, string? part, IReadOnlyList<string>? classNames, bool isJson, CancellationToken cancellation)
    {
        if (options.Annotations is null)
        {
            // How these are read depends on the model too: TrueMasks.
            return new LabelledSet(
                LabelledImages.Find(ToolContext.Create(), options, part)
                    .Select(row => new DataSample(row.Name, row.ImagePath, row.MaskPath, part)),
                classes: null, options.Ignore);
        }
        // Images that no part has may be missing.
        var annotations = AnnotatedSet.Read(options, options.Split is null ? null : []);
        var classes = new ClassList(classNames ?? annotations.Reader.ClassNames, null, null);
        LabelledSet set = Paint(
            options, annotations.Reader, annotations.Select(options.Split, part), [], [], classes, isJson, cancellation);
        try
        {
            FindingsReport.RequireNoErrors(set.Findings, "measured");
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Images that are to be checked, of all parts of a split, whether they have masks that fit or not.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="part">The part of images that no split file puts into one; null for none.</param>
    /// <param name="classes">The classes of annotations; null for those that are named, by a file or by the annotations.</param>
    /// <param name="isJson">Whether standard output belongs to a JSON object.</param>
    /// <param name="cancellation">Stops the painting of masks.</param>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file is none.</exception>
    public static LabelledSet OpenToCheck(
        DataOptions options, string? part, ClassList? classes, bool isJson, CancellationToken cancellation)
    {
        if (!options.HasLabels)
        {
            return new LabelledSet(
                ImageFiles.List(options.Images, options.Split, options.Part)
                    .Select(image => new DataSample(image.Name, image.Path, null, part)),
                classes: null, options.Ignore);
        }
        if (options.Annotations is null)
        {
            return new LabelledSet(
                LabelledImages.Samples(options).Select(sample => sample with { Part = sample.Part ?? part }),
                options.ClassFile is { } named ? ClassFile.Read(named, options.Ignore) : null, options.Ignore);
        }
        List<string> absent = [];
        var annotations = AnnotatedSet.Read(options, absent);
        classes ??= options.ClassFile is { } file
            ? ClassFile.Read(file, null)
            : new ClassList(annotations.Reader.ClassNames, null, null);
        var (images, missing) = annotations.Split(options.Split, part);
        // With a split, what it names and is not there is an error of its own; the others are of no part.
        FindingSeverity severity = options.Split is null ? FindingSeverity.Error : FindingSeverity.Warning;
        IEnumerable<DataFinding> absences = absent.Select(message => new DataFinding(
            severity, "image-missing", null, part, message,
            "Add the image, say where the images are (--images), or take it out of the annotations."));
        return Paint(options, annotations.Reader, images, missing, absences, classes, isJson, cancellation);
    }

    /// <summary>The images with their masks, as rows.</summary>
    public IReadOnlyList<SegmentationFolderRow> Rows => [.. Samples.Select(ToRow)];

    /// <summary>A sample with an image and a mask as a row.</summary>
    public static SegmentationFolderRow ToRow(DataSample sample) =>
        new() { Name = sample.Name, ImagePath = sample.ImagePath!, MaskPath = sample.MaskPath! };

    /// <summary>A finding about a painted mask as one about its image: that file is nobody's.</summary>
    public DataFinding OfImage(DataFinding finding) =>
        finding.File is { } file && _imageOfMask.TryGetValue(file, out string? image) ? finding with { File = image } : finding;

    /// <inheritdoc/>
    public void Dispose() => _painted?.Dispose();

    private static LabelledSet Paint(
        DataOptions options, IAnnotationReader reader, IReadOnlyList<(AnnotatedImage Image, string? Part)> images,
        IReadOnlyList<DataSample> others, IEnumerable<DataFinding> absent, ClassList classes, bool isJson,
        CancellationToken cancellation)
    {
        var painter = new MaskPainter(reader, [.. classes.Names], options.IgnoresUnlabelled);
        return new LabelledSet(classes with { ClassOfLabel = null }, others, absent, ProgressDisplay.Run(
            "painting the masks", isJson, progress => PaintedMasks.Paint(
                painter, classes.Names.Count, images, new PaintProgress(progress, images.Count), cancellation)));
    }
}

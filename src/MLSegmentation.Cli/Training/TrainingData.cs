namespace MLSegmentation.Cli;

/// <summary>The images that a training sees, among all that are checked before it.</summary>
internal sealed class TrainingData : IDisposable
{
    private const string TrainingFolder = "training images", ValidationFolder = "validation images";

    private readonly IReadOnlyList<LabelledSet> _sets;
    private readonly IReadOnlyList<DataSample> _samples;
    private readonly string? _part;
    private readonly string? _validationPart;

    private TrainingData(IReadOnlyList<LabelledSet> sets, string? part, string? validationPart)
    {
        (_sets, _part, _validationPart) = (sets, part, validationPart);
        _samples = [.. sets.SelectMany(set => set.Samples)];
    }

    /// <summary>The value in the masks that is no class; null for none.</summary>
    public int? Ignore => _sets[0].Ignore;

    /// <summary>The number of images to train with.</summary>
    public int Count => _samples.Count(IsTrained);

    /// <summary>The images to train with.</summary>
    public IReadOnlyList<SegmentationFolderRow> Rows => [.. _samples.Where(IsTrained).Select(LabelledSet.ToRow)];

    /// <summary>
    /// The images to train with, each with the part of the split that it is in where all parts are trained with.
    /// </summary>
    public IReadOnlyList<(SegmentationFolderRow Row, string? Group)> Grouped =>
        [.. _samples.Where(IsTrained).Select(sample => (LabelledSet.ToRow(sample), _part is null ? sample.Part : null))];

    /// <summary>The images to validate with; null where none are given.</summary>
    public IReadOnlyList<SegmentationFolderRow>? Validation =>
        _validationPart is null
            ? null
            : [.. _samples.Where(sample => sample.Part == _validationPart && sample.ImagePath is not null)
                .Select(LabelledSet.ToRow)];

    /// <summary>
    /// Images and their labels, or parts of them by a split file; those to validate with may be in a set of their own.
    /// </summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file does not fit.</exception>
    public static TrainingData Find(TrainSegmentationOptions options, CancellationToken cancellation)
    {
        // The parts of a split that is cross-validated are its folds.
        string? part = options.Folds > 0 ? options.Part : options.PartOr(TrainSegmentationOptions.DefaultPart);
        if (options is { ValidationImages: null, ValidationAnnotations: null })
        {
            return new TrainingData(
                [Open(options, null, part, options.ValidationPart, cancellation)], part, options.ValidationPart);
        }
        part ??= TrainingFolder;
        LabelledSet trained = Open(options, TrainingFolder, part, null, cancellation);
        try
        {
            DataOptions validation = options with
            {
                Images = options.ValidationImages ?? "",
                Masks = options.ValidationMasks,
                Annotations = options.ValidationAnnotations,
                Split = null,
            };
            ClassList? classes = options.Annotations is null ? null : trained.Classes;
            return new TrainingData(
                [trained, LabelledSet.OpenToCheck(validation, ValidationFolder, classes, isJson: false, cancellation)], part,
                ValidationFolder);
        }
        catch
        {
            trained.Dispose();
            throw;
        }
    }

    /// <summary>Checks everything; prints what is worth a look.</summary>
    /// <exception cref="InvalidDataException">There is an error in the images to train or validate with.</exception>
    public CheckedData Check(TrainSegmentationOptions options, SampleRange? range, CancellationToken cancellation)
    {
        var data = CheckedData.Run(_sets, options, range, isJson: false, cancellation);
        FindingsReport.RequireNoErrors(data.Report.Findings.Where(one => IsUsed(one.Part)), "trained");
        // What is wrong with a part that this training does not see does not stop it.
        DataFinding[] rest = [.. data.Report.Findings.Select(one => one with { Severity = FindingSeverity.Warning })];
        if (rest.Length > 0) Console.WriteLine(FindingsReport.ToText(rest));
        return data;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LabelledSet set in _sets) set.Dispose();
    }

    private static LabelledSet Open(
        TrainSegmentationOptions options, string? otherPart, string? part, string? validationPart, CancellationToken cancellation)
    {
        LabelledSet set = LabelledSet.OpenToCheck(options, otherPart, null, isJson: false, cancellation);
        foreach (string? wanted in new[] { part, validationPart })
        {
            if (wanted is null || set.Samples.Any(sample => sample.Part == wanted)
                || set.Findings.Any(finding => finding.Part == wanted))
                continue;
            set.Dispose();
            throw SplitFile.NoImages(options.Split!, wanted, set.Samples.Select(sample => sample.Part).OfType<string>());
        }
        return set;
    }

    private bool IsTrained(DataSample sample) => (_part is null || sample.Part == _part) && sample.ImagePath is not null;

    private bool IsUsed(string? part) => part is null || _part is null || part == _part || part == _validationPart;
}

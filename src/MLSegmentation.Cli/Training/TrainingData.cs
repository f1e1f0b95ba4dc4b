namespace MLSegmentation.Cli;

/// <summary>The images that a training sees, among all that are checked before it.</summary>
internal sealed class TrainingData
{
    private const string TrainingFolder = "training images", ValidationFolder = "validation images";

    private readonly IReadOnlyList<DataSample> _samples;
    private readonly string? _part;
    private readonly string? _validationPart;

    private TrainingData(IReadOnlyList<DataSample> samples, string? part, string? validationPart) =>
        (_samples, _part, _validationPart) = (samples, part, validationPart);

    /// <summary>The number of images to train with.</summary>
    public int Count => _samples.Count(IsTrained);

    /// <summary>The images to train with.</summary>
    public IReadOnlyList<SegmentationFolderRow> Rows => [.. _samples.Where(IsTrained).Select(ToRow)];

    /// <summary>
    /// The images to train with, each with the part of the split that it is in where all parts are trained with.
    /// </summary>
    public IReadOnlyList<(SegmentationFolderRow Row, string? Group)> Grouped =>
        [.. _samples.Where(IsTrained).Select(sample => (ToRow(sample), _part is null ? sample.Part : null))];

    /// <summary>The images to validate with; null where none are given.</summary>
    public IReadOnlyList<SegmentationFolderRow>? Validation =>
        _validationPart is null
            ? null
            : [.. _samples.Where(sample => sample.Part == _validationPart && sample.ImagePath is not null).Select(ToRow)];

    /// <summary>
    /// Images and masks in folders, or parts of them by a split file; those to validate with may be in folders of their own.
    /// </summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file does not fit.</exception>
    public static TrainingData Find(TrainSegmentationOptions options)
    {
        IReadOnlyList<DataSample> samples = LabelledImages.Samples(options);
        // The parts of a split that is cross-validated are its folds.
        string? part = options.Folds > 0 ? options.Part : options.PartOr(TrainSegmentationOptions.DefaultPart);
        foreach (string? wanted in new[] { part, options.ValidationPart })
        {
            if (wanted is not null && samples.All(sample => sample.Part != wanted))
                throw SplitFile.NoImages(options.Split!, wanted, samples.Select(sample => sample.Part).OfType<string>());
        }
        return options.ValidationImages is { } images
            ? WithValidation(
                samples, part ?? TrainingFolder, options with { Images = images, Masks = options.ValidationMasks, Split = null })
            : new TrainingData(samples, part, options.ValidationPart);
    }

    /// <summary>Checks everything; prints what is worth a look.</summary>
    /// <exception cref="InvalidDataException">There is an error in the images to train or validate with.</exception>
    public CheckedData Check(TrainSegmentationOptions options, SampleRange? range, CancellationToken cancellation)
    {
        var data = CheckedData.Run(_samples, options, range, isJson: false, cancellation);
        DataFinding[] errors = [.. data.Report.Findings.Where(one => one.Severity == FindingSeverity.Error && IsUsed(one.Part))];
        if (errors.Length > 0)
        {
            throw new InvalidDataException(
                $"The data has {Plural.Of(errors.Length, "error")}, so nothing was trained. {FindingsReport.ToLine(errors)} "
                + "'mlseg check' shows all.");
        }
        // What is wrong with a part that this training does not see does not stop it.
        DataFinding[] rest = [.. data.Report.Findings.Select(one => one with { Severity = FindingSeverity.Warning })];
        if (rest.Length > 0) Console.WriteLine(FindingsReport.ToText(rest));
        return data;
    }

    private static TrainingData WithValidation(IReadOnlyList<DataSample> samples, string part, DataOptions validation) => new(
        [
            .. samples.Select(sample => sample with { Part = sample.Part ?? part }),
            .. LabelledImages.Samples(validation).Select(sample => sample with { Part = ValidationFolder }),
        ],
        part, ValidationFolder);

    private static SegmentationFolderRow ToRow(DataSample sample) =>
        new() { Name = sample.Name, ImagePath = sample.ImagePath!, MaskPath = sample.MaskPath! };

    private bool IsTrained(DataSample sample) => (_part is null || sample.Part == _part) && sample.ImagePath is not null;

    private bool IsUsed(string? part) => part is null || _part is null || part == _part || part == _validationPart;
}

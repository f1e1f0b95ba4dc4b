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

    /// <summary>The images to validate with; null where none are given.</summary>
    public IReadOnlyList<SegmentationFolderRow>? Validation =>
        _validationPart is null ? null : [.. _samples.Where(sample => sample.Part == _validationPart && sample.ImagePath is not null).Select(ToRow)];

    /// <summary>Images and masks in folders, or parts of them by a split file.</summary>
    /// <exception cref="IOException">A folder or file is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images, or the split file does not fit.</exception>
    public static TrainingData Find(string images, string masks, string? maskSuffix, string? split, string? part, string? validationPart)
    {
        IReadOnlyList<DataSample> samples = LabelledImages.Samples(images, masks, split, maskSuffix);
        foreach (string? wanted in new[] { part, validationPart })
        {
            if (wanted is not null && samples.All(sample => sample.Part != wanted))
                throw SplitFile.NoImages(split!, wanted, samples.Select(sample => sample.Part).OfType<string>());
        }
        return new TrainingData(samples, part, validationPart);
    }

    /// <summary>The same with images to validate with in folders of their own.</summary>
    /// <exception cref="IOException">A folder is missing.</exception>
    /// <exception cref="InvalidDataException">There are no images.</exception>
    public TrainingData WithValidation(string images, string masks, string? maskSuffix)
    {
        string part = _part ?? TrainingFolder;
        return new TrainingData(
            [
                .. _samples.Select(sample => sample with { Part = sample.Part ?? part }),
                .. LabelledImages.Samples(images, masks, null, maskSuffix).Select(sample => sample with { Part = ValidationFolder }),
            ],
            part, ValidationFolder);
    }

    /// <summary>Checks everything; prints what is worth a look.</summary>
    /// <exception cref="InvalidDataException">There is an error in the images to train or validate with.</exception>
    public CheckedData Check(string? classFile, int? ignore, int? threshold, SampleRange? range, CancellationToken cancellation)
    {
        var data = CheckedData.Run(_samples, classFile, ignore, threshold, range, isJson: false, cancellation);
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

    private static SegmentationFolderRow ToRow(DataSample sample) =>
        new() { Name = sample.Name, ImagePath = sample.ImagePath!, MaskPath = sample.MaskPath! };

    private bool IsTrained(DataSample sample) => sample.Part == _part && sample.ImagePath is not null;

    private bool IsUsed(string? part) => part is null || part == _part || part == _validationPart;
}

namespace MLSegmentation;

/// <summary>What <see cref="SegmentationDataCheck"/> found.</summary>
/// <param name="Images">The number of images that were looked at.</param>
/// <param name="ClassNames">
/// The name of each class: as given, else <c>class 0</c> and so on to the largest value in the masks.
/// </param>
/// <param name="Findings">Errors first, then warnings; each kind together.</param>
public sealed record DataReport(int Images, IReadOnlyList<string> ClassNames, IReadOnlyList<DataFinding> Findings)
{
    /// <summary>
    /// How the masks were read: as asked for, or where they turned out to be black and white, by a threshold. Read them so too.
    /// </summary>
    public ReadMasksOptions Masks { get; init; } = new();

    /// <summary>What is known of each sample.</summary>
    internal IReadOnlyList<SampleFacts> Facts { get; init; } = [];

    /// <summary>What the values of the masks stand for; null of a report that no check made.</summary>
    internal LabelMeaning? Meaning { get; init; }

    /// <summary>The number of errors.</summary>
    public int Errors => Findings.Count(one => one.Severity == FindingSeverity.Error);

    /// <summary>The number of warnings.</summary>
    public int Warnings => Findings.Count - Errors;
}

namespace MLSegmentation.Cli;

/// <summary>A data set, how its masks are read, and what is wrong with it.</summary>
/// <param name="Report">The findings.</param>
/// <param name="Classes">The classes: of the file of classes, else numbered as in the masks.</param>
/// <param name="Masks">How to read the masks.</param>
internal sealed record CheckedData(DataReport Report, ClassList Classes, ReadMasksOptions Masks)
{
    /// <summary>Checks samples, with progress.</summary>
    /// <param name="sets">Sets of samples, of which the first has the classes.</param>
    /// <param name="options">How masks are read.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <param name="isJson">Whether standard output belongs to a JSON object.</param>
    /// <param name="cancellation">Stops it.</param>
    public static CheckedData Run(
        IReadOnlyList<LabelledSet> sets, DataOptions options, SampleRange? range, bool isJson, CancellationToken cancellation)
    {
        DataSample[] samples = [.. sets.SelectMany(set => set.Samples)];
        ClassList? classes = sets[0].Classes;
        if (options.MaskThreshold is not null && classes is { Names.Count: not 2 })
            throw new UsageException(
                $"'--mask-threshold' makes two classes, but '{options.ClassFile}' names {classes.Names.Count}.");
        // Masks that were painted hold numbers, whatever colours somebody gives the classes.
        ReadMasksOptions masks = MaskFormat.OptionsFor(
            sets[0].IsPainted ? null : classes, sets[0].Ignore, options.MaskThreshold);
        DataReport report = ProgressDisplay.Run("checking the images", isJson, progress =>
            SegmentationDataCheck.Run(
                samples, classes?.Names, masks, range, new CheckProgress(progress, samples.Length), cancellation));
        report = report with
        {
            Images = report.Images + sets.Sum(set => set.Failures),
            Findings =
            [
                .. report.Findings.Select(one => sets.Aggregate(one, (finding, set) => set.OfImage(finding)))
                    .Concat(sets.SelectMany(set => set.Findings)).OrderByDescending(one => one.Severity),
            ],
        };
        return new CheckedData(report, classes ?? new ClassList(report.ClassNames, null, null), report.Masks);
    }
}

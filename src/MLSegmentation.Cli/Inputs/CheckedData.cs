namespace MLSegmentation.Cli;

/// <summary>A data set, how its masks are read, and what is wrong with it.</summary>
/// <param name="Report">The findings.</param>
/// <param name="Classes">The classes: of the file of classes, else numbered as in the masks.</param>
/// <param name="Masks">How to read the masks.</param>
internal sealed record CheckedData(DataReport Report, ClassList Classes, ReadMasksOptions Masks)
{
    /// <summary>Checks samples, with progress.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="options">The file of classes, and how masks are read.</param>
    /// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
    /// <param name="isJson">Whether standard output belongs to a JSON object.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="IOException">There is no such file of classes.</exception>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static CheckedData Run(
        IReadOnlyList<DataSample> samples, DataOptions options, SampleRange? range, bool isJson, CancellationToken cancellation)
    {
        ClassList? classes = options.ClassFile is { } file ? ClassFile.Read(file, options.Ignore) : null;
        if (options.MaskThreshold is not null && classes is { Names.Count: not 2 })
            throw new UsageException(
                $"'--mask-threshold' makes two classes, but '{options.ClassFile}' names {classes.Names.Count}.");
        ReadMasksOptions masks = MaskFormat.OptionsFor(classes, options.Ignore, options.MaskThreshold);
        DataReport report = ProgressDisplay.Run("checking the images", isJson, progress =>
            SegmentationDataCheck.Run(
                samples, classes?.Names, masks, range, new CheckProgress(progress, samples.Count), cancellation));
        return new CheckedData(report, classes ?? new ClassList(report.ClassNames, null, null), report.Masks);
    }
}

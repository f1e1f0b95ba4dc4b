namespace MLSegmentation.Cli;

/// <summary>The area of each class in each image, as a CSV file.</summary>
internal sealed class CsvFormat : FolderFormat
{
    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override string FileName => "areas.csv";

    /// <inheritdoc/>
    public override MaskFileWriter Open(string path, IReadOnlyList<string> classNames, int? background) =>
        new AreaCsvWriter(path, classNames);
}

namespace MLSegmentation.Cli;

/// <summary>What a review found.</summary>
/// <param name="ClassNames">The classes.</param>
/// <param name="Palette">Their colours.</param>
/// <param name="Labelled">The labelled images, the most suspicious first.</param>
/// <param name="Unlabelled">The others, the one that would teach most first.</param>
/// <param name="Faults">Images that could not be looked at, and why.</param>
internal sealed record Review(
    IReadOnlyList<string> ClassNames, IReadOnlyList<Rgb> Palette, IReadOnlyList<ReviewedImage> Labelled,
    IReadOnlyList<UnlabelledImage> Unlabelled, IReadOnlyList<(string Path, string Fault)> Faults)
{
    /// <summary>The suspects of all images, the worst first.</summary>
    public IReadOnlyList<(DataSample Sample, SuspectRegion Region)> Suspects { get; } =
    [
        .. Labelled.SelectMany(image => image.Suspects.Select(region => (image.Sample, region)))
            .OrderByDescending(one => one.region.Score),
    ];
}

namespace MLSegmentation.Cli;

/// <summary>A labelled image, and what a model says against its label.</summary>
/// <param name="Sample">The image and its mask.</param>
/// <param name="Regions">The number of regions of its label.</param>
/// <param name="Suspects">Those that are probably wrong, the worst first.</param>
internal sealed record ReviewedImage(DataSample Sample, int Regions, IReadOnlyList<SuspectRegion> Suspects)
{
    /// <summary>The score of its worst region; 0 where the model agrees.</summary>
    public double Score => Suspects.Count > 0 ? Suspects[0].Score : 0;
}

namespace MLSegmentation.Cli;

/// <summary>How the masks of a folder are made: the first line of its manifest.</summary>
/// <param name="Format">The version of the manifest's lines.</param>
/// <param name="Model">The SHA-256 of the model's file.</param>
/// <param name="Scoring">How the model sees images.</param>
/// <param name="Postprocessing">What is corrected in masks.</param>
internal sealed record ManifestHead(
    int Format, string Model, SegmentationModelOptions Scoring, PostprocessMaskOptions Postprocessing);

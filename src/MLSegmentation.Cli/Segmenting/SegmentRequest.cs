namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg segment</c> was asked for, in the terms of its options.</summary>
internal sealed record SegmentRequest(
    string Model, OnnxModelSource Source, string Images, string? Split, string? Part, string Folder, OutputFormat Formats, SegmentationModelOptions Scoring, PostprocessMaskOptions Postprocessing, bool SkipsBadImages, bool Restarts);

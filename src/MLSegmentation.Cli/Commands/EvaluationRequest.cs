namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg evaluate</c> was asked for, in the terms of its options.</summary>
internal sealed record EvaluationRequest(
    string Model, OnnxModelSource Source, string Images, string? Masks, string? MaskSuffix, string? Split, string? Part, int? Ignore, int? Threshold, string? Classes, string? Pictures, string? Matrix,
    bool Boundaries, bool Calibration, int Resamples, SegmentImageOptions Scoring, bool IsJson)
{
    /// <summary>Whether anything was asked for that only masks can tell.</summary>
    public bool NeedsMasks => Masks is not null || MaskSuffix is not null || Ignore is not null || Threshold is not null || Classes is not null || Pictures is not null || Matrix is not null || Boundaries || Calibration || Resamples > 0;
}

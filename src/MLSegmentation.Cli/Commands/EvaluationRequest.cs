using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Commands;

/// <summary>What <c>mlseg evaluate</c> was asked for, in the terms of its options.</summary>
internal sealed record EvaluationRequest(
    string Model, string Images, string? Masks, string? Split, string? Part, int? Ignore, string? Classes, string? Pictures,
    SegmentImageOptions Scoring, bool IsJson);

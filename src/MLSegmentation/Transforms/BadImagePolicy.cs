namespace MLSegmentation.Transforms;

/// <summary>What becomes of a row whose image cannot be read.</summary>
public enum BadImagePolicy
{
    /// <summary>Reading its mask throws; the message names the file or row.</summary>
    Throw,

    /// <summary>
    /// The row is left out, and counted in <see cref="SegmentImageTransformer.SkippedRows"/>. Rows can only be left out of data, so a
    /// prediction engine throws.
    /// </summary>
    Skip,

    /// <summary>The row stays: its mask has no pixels where masks are of variable length and no class elsewhere, and the error column says why.</summary>
    ErrorColumn,
}

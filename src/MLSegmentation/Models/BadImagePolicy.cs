namespace MLSegmentation;

/// <summary>
/// What becomes of a row whose image is bad: there is none, or its file is gone, is no regular file, may not be read, is none of an image or damaged,
/// or it has a size beyond the limits or that the model does not take. <c>mlseg segment --bad-images</c> goes by the same list.
/// </summary>
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

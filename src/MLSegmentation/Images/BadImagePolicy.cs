namespace MLSegmentation;

/// <summary>
/// What becomes of a row whose image is bad. An image is bad where there is none. It is bad too where its file is gone, is no
/// regular file, may not be read, or holds no image or a damaged one. One beyond the size limits, or of a size that the model
/// does not take, is bad too. <c>mlseg segment --bad-images</c> goes by the same list.
/// </summary>
public enum BadImagePolicy
{
    /// <summary>Reading a column that is computed of the image throws; the message names the file or the row.</summary>
    Throw,

    /// <summary>
    /// The row is left out, and counted in <see cref="ImageModelTransformer{TOptions}.SkippedRows"/>; <c>MLContext.Log</c> says
    /// how many were. Rows can only be left out of data, so a prediction engine throws.
    /// </summary>
    Skip,

    /// <summary>
    /// The row stays, and the column <see cref="ImageModelOptions.BadImageColumnName"/> says why there is nothing to see in its
    /// other columns. Masks and confidences are empty where they are of variable length; elsewhere each pixel has no class and
    /// the confidence 0. Width and height are those of the mask. Classes are missing; scores, errors and latent vectors are not
    /// numbers, and there is no image.
    /// </summary>
    ErrorColumn,
}

namespace MLSegmentation;

/// <summary>Options of <see cref="ClassifyImageEstimator"/>; the defaults take everything from the model.</summary>
public sealed record ClassifyImageOptions : ImageModelOptions
{
    /// <summary>
    /// A name for each class, in the order of the model's scores. Default null: those in the model's metadata, or the class
    /// numbers as text where it has none.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// The name of the column with the probability of each class, 0 to 1, their sum 1. Default <c>Score</c>, where ML.NET's
    /// <c>MulticlassClassification.Evaluate</c> looks for it; null: none is made.
    /// </summary>
    public string? ScoreColumnName { get; init; } = "Score";
}

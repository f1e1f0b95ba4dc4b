namespace MLSegmentation;

/// <summary>
/// Scores the image of one row after the other. What it gives is reused: it is valid until the next row is scored.
/// </summary>
internal abstract class ScoredRow
{
    /// <summary>What is wrong with the row's image; null where it was scored.</summary>
    public string? Error { get; private set; }

    /// <summary>Scores the image of the current row.</summary>
    public void ScoreRow()
    {
        Error = null;
        Score();
    }

    /// <summary>Leaves the current row without a result, because its image is bad.</summary>
    /// <param name="error">What is wrong with it.</param>
    public void RejectRow(string error)
    {
        Error = error;
        Reject();
    }

    /// <summary>Scores the image.</summary>
    protected abstract void Score();

    /// <summary>Makes the results those of a row without an image.</summary>
    protected abstract void Reject();
}

namespace MLSegmentation.Training;

/// <summary>The classes that the labels have and a network gives to hardly any pixel.</summary>
/// <param name="Collapse">What makes a model useless: one class everywhere, or a large one gone. Null for nothing.</param>
/// <param name="Note">What a model lacks that is of use for the rest: rare classes not learnt. Null for nothing.</param>
internal sealed record MissingClasses(string? Collapse, string? Note)
{
    /// <summary>Nothing is missing.</summary>
    public static MissingClasses None { get; } = new(null, null);
}

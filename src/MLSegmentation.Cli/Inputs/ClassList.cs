namespace MLSegmentation.Cli;

/// <summary>The classes to train.</summary>
/// <param name="Names">A name for each class.</param>
/// <param name="Colours">A colour for each class; null where none are given.</param>
/// <param name="IgnoreColour">The colour of what is ignored; null where none is given.</param>
internal sealed record ClassList(IReadOnlyList<string> Names, IReadOnlyList<Rgb>? Colours, Rgb? IgnoreColour)
{
    /// <summary>The class of each label value from 0, -1 for values that are none; null where value k is class k.</summary>
    public IReadOnlyList<int>? ClassOfLabel { get; init; }
}

namespace MLSegmentation;

/// <summary>The preparation of pixels that a model says it wants, and where it says so.</summary>
/// <param name="Preparation">The preparation.</param>
/// <param name="Source">Where it was found, such as <c>the model's metadata</c>.</param>
/// <param name="TellsColourOrder">Whether the order of colours is said too; else any is allowed, and is RGB by default.</param>
internal sealed record FoundPreparation(ImagePreparation Preparation, string Source, bool TellsColourOrder = true)
{
    /// <summary>Whether a given preparation agrees with the found one.</summary>
    public bool Allows(ImagePreparation given) =>
        (!TellsColourOrder || given.ColourOrder == Preparation.ColourOrder) && given.MakesNumbersOf(Preparation);
}

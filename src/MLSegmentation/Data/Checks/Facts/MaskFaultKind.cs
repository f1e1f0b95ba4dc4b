namespace MLSegmentation;

/// <summary>Kinds of masks that have no label values.</summary>
internal enum MaskFaultKind
{
    Damaged,
    OtherFormat,
    Colour,
    UnknownColour,
}

namespace MLSegmentation;

/// <summary>What the labels of a mask are taken from.</summary>
internal enum LabelBasis
{
    /// <summary>Its own numbers: gray values, or the indices of a palette.</summary>
    Values,

    /// <summary>The gray levels of its palette or colours, which say something else than the palette's indices.</summary>
    GrayLevels,

    /// <summary>Its colours, each of which stands for a label.</summary>
    Colours,
}

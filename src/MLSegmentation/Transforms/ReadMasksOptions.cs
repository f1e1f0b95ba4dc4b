using MLSegmentation.Masks;

namespace MLSegmentation.Transforms;

/// <summary>Options of <see cref="ReadMasksEstimator"/>.</summary>
public sealed record ReadMasksOptions
{
    /// <summary>
    /// In masks of indices, the label value 0 to 65535 that belongs to no class and is left out of training and metrics, such as Pascal VOC's 255.
    /// Default null: every value is a class. Unused where <see cref="Palette"/> is given.
    /// </summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>
    /// In masks of indices, the class (from 0) of each label value from 0; several values may be one class: <c>[0, 1, 1]</c> makes two
    /// classes of three values. Default null: value k is class k.
    /// </summary>
    public IReadOnlyList<int>? ClassOfLabel { get; init; }

    /// <summary>
    /// For masks where a class is a colour, the colour of each class. Default null: the masks hold indices (gray values, or the indices of a
    /// palette in the file).
    /// </summary>
    public IReadOnlyList<Rgb>? Palette { get; init; }

    /// <summary>With <see cref="Palette"/>, the colour that belongs to no class, such as CamVid's black. Default null: there is none.</summary>
    public Rgb? IgnoreColour { get; init; }
}

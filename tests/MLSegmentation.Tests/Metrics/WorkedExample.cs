namespace MLSegmentation.Tests;

/// <summary>
/// Three classes on 4x4 pixels, worked by hand. Keys: 1, 2, 3 are classes a, b, c; a label of 0 is ignored, a prediction of 0
/// is no class. Counted pair by pair (label row, prediction column):
/// <code>
///         a  b  c  none   label pixels
///     a   4  1  1  0      6
///     b   0  3  0  1      4
///     c   1  0  3  0      4
/// predicted 5  4  4       14 labelled pixels, 10 of them right
/// </code>
/// </summary>
internal static class WorkedExample
{
    public static readonly string[] ClassNames = ["a", "b", "c"];

    public static readonly uint[] Labels =
    [
        1, 1, 1, 2,
        1, 1, 2, 2,
        1, 0, 2, 3,
        0, 3, 3, 3,
    ];

    public static readonly uint[] Predictions =
    [
        1, 1, 2, 2,
        1, 1, 2, 2,
        3, 2, 0, 3,
        1, 3, 3, 1,
    ];

    public static PixelConfusionMatrix Count()
    {
        var matrix = new PixelConfusionMatrix(3);
        matrix.Add(Labels, Predictions);
        return matrix;
    }
}

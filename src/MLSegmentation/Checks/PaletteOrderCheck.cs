using MLSegmentation.Transforms;

namespace MLSegmentation.Checks;

/// <summary>Palettes number their colours as the classes are numbered.</summary>
internal static class PaletteOrderCheck
{
    private const string Fix = "Nothing has to be done: training and evaluation read it so too.";

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        foreach (SampleFacts one in facts)
        {
            if (one.Mask is not { Contradicts: true } mask) continue;
            bool isColoured = mask.Basis == LabelBasis.Colours;
            yield return new DataFinding(FindingSeverity.Warning, "palette-order", one.Sample.MaskPath, one.Sample.Part,
                isColoured ? "has a palette that numbers the colours otherwise than the classes are numbered, so it is read by its colours"
                    : "has a palette that numbers gray values anew, so it is read by its gray values",
                isColoured ? $"{Fix} If its indices are right, leave the colours out of the file of classes (--classes)." : Fix);
        }
    }
}

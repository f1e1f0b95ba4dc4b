using System.Collections;
using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>What differs between two ways of making masks, in the options of the tool.</summary>
internal static class ManifestDifference
{
    /// <summary>Such as <c>--threshold was 0.5, is 0.7; --model was another file</c>.</summary>
    /// <param name="found">What the manifest that is there says.</param>
    /// <param name="expected">What it would say.</param>
    public static string Describe(ManifestHead found, ManifestHead expected)
    {
        SegmentOptions before = OptionsOf(found), now = OptionsOf(expected);
        string[] differences =
        [
            .. found.Model == expected.Model ? [] : new[] { "--model was another file" },
            .. SegmentGroup.Create().Select(
                target => (target.Option.Name, Was: Text(target.Read(before)), Is: Text(target.Read(now))))
                .Where(one => one.Was != one.Is).Select(one => $"{one.Name} was {one.Was}, is {one.Is}"),
        ];
        return differences.Length > 0 ? string.Join("; ", differences) : "by another version of this tool, or with other classes";
    }

    private static SegmentOptions OptionsOf(ManifestHead head) =>
        new() { Scoring = head.Scoring, Postprocessing = head.Postprocessing };

    private static string Text(object? value) => value switch
    {
        null => "not given",
        ScoreKind kind => OutputGroup.NameOf(kind),
        Connectivity connectivity => PostprocessingGroup.Connectivities.First(one => one.Value == connectivity).Key,
        bool or Enum => value.ToString()!.ToLowerInvariant(),
        string text => PrintableText.Of(text),
        IEnumerable list => string.Join(',', list.Cast<object>().Select(Text)),
        _ => PrintableText.Of(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };
}

using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// Samples of more than 8 bits use the range that they are read in: of what 12 bits use of 16, a sixteenth, 16 gray values are
/// left.
/// </summary>
internal static class SampleRangeCheck
{
    // What uses less keeps fewer than 64 of 256 gray values.
    private const double LeastUse = 0.25;
    private const int Named = 3;

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        foreach (var part in facts.Where(one => one.Image?.Span is not null).GroupBy(one => one.Sample.Part))
        {
            SampleFacts[] beyond = [.. part.Where(one => !one.Image!.Span!.FitsOwn)],
                own = [.. part.Where(one => one.Image!.Span!.FitsOwn)];
            if (beyond.Length > 0)
            {
                yield return Finding(FindingSeverity.Error, "range-needed", part.Key, beyond,
                    "which cannot be brought to 8 bits without a range",
                    "Give the values that become black and white by --range LOW..HIGH, or --range auto in training (a "
                    + "SampleRange in code).");
            }

            // A dark image among others is nothing to report; that most are is.
            SampleFacts[] narrow = [.. own.Where(one => Use(one.Image!.Span!) < LeastUse)];
            if (2 * narrow.Length > own.Length)
            {
                yield return Finding(FindingSeverity.Warning, "narrow-range", part.Key, narrow,
                    $"of which at most {narrow.Max(Levels)} of 256 gray values are left",
                    "Train with --range auto, or give the values that become black and white by --range LOW..HIGH (a SampleRange "
                    + "in code); the model keeps them.");
            }
        }
    }

    private static double Use(SampleSpan span) => (span.Greatest - span.Least) / (span.Own!.High - span.Own.Low);

    private static int Levels(SampleFacts one)
    {
        SampleSpan span = one.Image!.Span!;
        return span.Own!.ToByte(span.Greatest) - span.Own.ToByte(span.Least) + 1;
    }

    private static DataFinding Finding(
        FindingSeverity severity, string check, string? part, SampleFacts[] images, string consequence, string fix)
    {
        SampleSpan[] spans = [.. images.Select(one => one.Image!.Span!)];
        string names = string.Join(", ", images.Take(Named).Select(one => $"'{one.Sample.ImagePath}'"))
            + (images.Length > Named ? ", ..." : "");
        (double least, double greatest) = (spans.Min(span => span.Least), spans.Max(span => span.Greatest));
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"{Plural.Of(images.Length, "image")} ({names}) with {spans[0].Samples} have values "
            + $"of {least}..{greatest}, {consequence}");
        return new DataFinding(severity, check, File: null, part, found, fix);
    }
}

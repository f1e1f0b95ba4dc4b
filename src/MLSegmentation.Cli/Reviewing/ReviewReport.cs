using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>What of a review is printed.</summary>
internal static class ReviewReport
{
    private const int Shown = 10;

    /// <summary>Prints the first of each ranking, or all as JSON.</summary>
    public static void Print(ReviewOptions options, Review review, IReadOnlyList<string> pages)
    {
        if (options.IsJson)
        {
            JsonOutput.Write(ReviewFiles.ToJson(review, pages));
            return;
        }
        foreach (var (path, fault) in review.Faults)
            Console.Error.WriteLine($"mlseg: passed over {PrintableText.Of(path)}: {ErrorReporting.OneLine(fault)}");
        int regions = review.Labelled.Sum(image => image.Regions);
        if (review.Labelled.Count > 0)
        {
            Console.WriteLine(
                $"In {Plural.Of(review.Labelled.Count, "image")} with {Plural.Of(regions, "region")} the model sees something "
                + $"else in {Plural.Of(review.Suspects.Count, "region")}. The first:");
            var table = new TextTable(["image", "label", "model", "pixels", "score"]);
            foreach (var (sample, region) in review.Suspects.Take(Shown))
            {
                table.Add([
                    sample.Name, review.ClassNames[region.Class], review.ClassNames[region.Suggested],
                    region.SuspectPixels.ToString(CultureInfo.InvariantCulture),
                    region.Score.ToString("F2", CultureInfo.InvariantCulture)]);
            }
            Console.WriteLine(table);
        }
        if (review.Unlabelled.Count > 0)
        {
            Console.WriteLine($"Of {Plural.Of(review.Unlabelled.Count, "image")} without a label, these would teach most:");
            var table = new TextTable(["image", "entropy", "disagreement"]);
            foreach (UnlabelledImage image in review.Unlabelled.Take(Shown))
            {
                table.Add([
                    Path.GetFileName(image.Path), image.Value.Entropy.ToString("F3", CultureInfo.InvariantCulture),
                    image.Value.Disagreement.ToString("F3", CultureInfo.InvariantCulture)]);
            }
            Console.WriteLine(table);
        }
        Console.WriteLine($"Wrote {options.Out}.");
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLSegmentation.Cli;

/// <summary>
/// Writes what a review found: <c>regions.csv</c>, <c>images.csv</c>, <c>unlabelled.csv</c> where there are such, and
/// <c>review.json</c> with all of it.
/// </summary>
internal static class ReviewFiles
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string folder, Review review, IReadOnlyList<string> pages)
    {
        Csv(Path.Combine(folder, "regions.csv"),
            "rank,score,image,class,suggested,left,top,width,height,suspect_pixels,region_pixels",
            review.Suspects.Select((one, rank) => string.Create(CultureInfo.InvariantCulture,
                $"{rank + 1},{one.Region.Score:F4},{CsvField.Of(one.Sample.Name)},{Name(review, one.Region.Class)},"
                + $"{Name(review, one.Region.Suggested)},{one.Region.Left},{one.Region.Top},{one.Region.Width},"
                + $"{one.Region.Height},{one.Region.SuspectPixels},{one.Region.Pixels}")));
        Csv(Path.Combine(folder, "images.csv"), "rank,score,image,regions,suspects", review.Labelled.Select((one, rank) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{rank + 1},{one.Score:F4},{CsvField.Of(one.Sample.Name)},{one.Regions},{one.Suspects.Count}")));
        if (review.Unlabelled.Count > 0)
        {
            Csv(Path.Combine(folder, "unlabelled.csv"), "rank,score,image,entropy,disagreement",
                review.Unlabelled.Select((one, rank) => string.Create(CultureInfo.InvariantCulture,
                    $"{rank + 1},{one.Value.Score:F4},{CsvField.Of(one.Path)},{one.Value.Entropy:F4},"
                    + $"{one.Value.Disagreement:F4}")));
        }
        AtomicFile.Write(
            Path.Combine(folder, ReviewFolder.Report), stream => JsonSerializer.Serialize(stream, ToJson(review, pages), _json));
    }

    /// <summary>All of it as a JSON object.</summary>
    public static object ToJson(Review review, IReadOnlyList<string> pages) => new
    {
        classes = review.ClassNames,
        regions = review.Suspects.Select(one => new
        {
            score = one.Region.Score,
            image = one.Sample.ImagePath,
            @class = review.ClassNames[one.Region.Class],
            suggested = review.ClassNames[one.Region.Suggested],
            left = one.Region.Left,
            top = one.Region.Top,
            width = one.Region.Width,
            height = one.Region.Height,
            suspectPixels = one.Region.SuspectPixels,
            regionPixels = one.Region.Pixels,
        }),
        images = review.Labelled.Select(one => new
        {
            score = one.Score,
            image = one.Sample.ImagePath,
            regions = one.Regions,
            suspects = one.Suspects.Count,
        }),
        unlabelled = review.Unlabelled.Select(one => new
        {
            score = one.Value.Score,
            image = one.Path,
            entropy = one.Value.Entropy,
            disagreement = one.Value.Disagreement,
        }),
        pages,
        faults = review.Faults.Select(one => new { image = one.Path, fault = one.Fault }),
    };

    private static string Name(Review review, int index) => CsvField.Of(review.ClassNames[index]);

    private static void Csv(string path, string header, IEnumerable<string> lines) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(header);
        foreach (string line in lines) writer.WriteLine(line);
    });
}

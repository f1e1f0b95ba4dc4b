using System.Globalization;

namespace MLSegmentation.LabelReviewBench;

/// <summary>How many of the regions that come first in a ranking are damaged ones.</summary>
internal static class ReviewJudgement
{
    /// <summary>Prints it.</summary>
    public static void Run(string masks, string damaged, string ranking, double share)
    {
        string[][] rows = [.. File.ReadLines(ranking).Skip(1).Select(line => line.Split(','))];
        int first = (int)Math.Ceiling(share * rows.Length);
        string[] names = ClassNames(Path.Combine(Path.GetDirectoryName(ranking)!, "review.json"));
        var pairs = new Dictionary<string, (LabelImage True, LabelImage Given)>();
        (LabelImage True, LabelImage Given) Pair(string name)
        {
            if (!pairs.TryGetValue(name, out var pair))
            {
                pair = (LabelImageReader.Read(Path.Combine(masks, name + ".png")),
                    LabelImageReader.Read(Path.Combine(damaged, name + ".png")));
                pairs.Add(name, pair);
            }
            return pair;
        }
        bool IsDamaged(string[] row)
        {
            var (truth, given) = Pair(row[2]);
            int label = Array.IndexOf(names, row[3]), wrong = 0;
            int left = Whole(row[5]), top = Whole(row[6]), width = Whole(row[7]), height = Whole(row[8]);
            for (int y = top; y < top + height; y++)
            {
                for (int x = left; x < left + width; x++)
                {
                    int i = (y * truth.Width) + x;
                    if (given.Values[i] == label && truth.Values[i] != label) wrong++;
                }
            }
            return 2 * wrong >= Whole(row[9]);
        }
        bool[] hits = [.. rows.Select(IsDamaged)];
        double Share(int count) => (double)hits.Take(count).Count(hit => hit) / count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Of the first {first} of {rows.Length} regions {Share(first):P1} are damaged, of all {Share(rows.Length):P1}."));
        foreach (int part in new[] { 50, 100, 200, 400, 800 })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first {part}: {Share(part):P1}"));
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string[] ClassNames(string path)
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("classes").EnumerateArray().Select(one => one.GetString()!)];
    }
}

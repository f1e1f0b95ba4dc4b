// Damages labels on purpose, and says how many of the regions that a review ranks first are damaged ones.
using System.Globalization;
using MLSegmentation.LabelReviewBench;

switch (args)
{
    case ["damage", var masks, var target, var ignore, var share, var least, var seed]:
        new LabelDamage(Whole(ignore), Whole(least)).Run(masks, target, Number(share), Whole(seed));
        return 0;
    case ["judge", var masks, var damaged, var ranking, var share]:
        ReviewJudgement.Run(masks, damaged, ranking, Number(share));
        return 0;
    default:
        Console.Error.WriteLine(
            "Usage: LabelReview damage MASKS OUT IGNORE SHARE LEAST SEED | judge MASKS OUT regions.csv SHARE");
        return 2;
}

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

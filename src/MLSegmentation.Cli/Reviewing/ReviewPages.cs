using System.Globalization;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>Writes pictures of the regions that come first: <c>page-001.png</c> and so on.</summary>
/// <param name="judge">Segments an image by the model that judges it.</param>
/// <param name="reader">Reads its mask.</param>
/// <param name="range">The values that become black and white in images of more than 8 bits.</param>
internal sealed class ReviewPages(
    Func<DataSample, SegmentationResult> judge, MaskReader reader, SampleRange? range)
{
    /// <summary>Writes them to a folder, in place of those of a review before.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="review">What was found.</param>
    /// <param name="count">How many regions are drawn.</param>
    /// <param name="report">Is told how many are.</param>
    public void Write(string folder, Review review, int count, Action<int> report)
    {
        foreach (string old in Directory.GetFiles(folder, "page-???.png")) File.Delete(old);
        var picture = new ReviewPicture(PictureFont.Default, review.Palette);
        var ranked = review.Suspects.Take(count).Index().Chunk(ReviewPicture.Rows);
        foreach (var (page, regions) in ranked.Index())
        {
            DrawnRegion[] drawn = [.. regions.Select(one => Draw(review, one.Index + 1, one.Item.Sample, one.Item.Region))];
            using SKBitmap bitmap = picture.Draw(drawn);
            string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"page-{page + 1:D3}.png"));
            AtomicFile.Write(file, stream => stream.Write(PicturePixels.EncodePng(bitmap)));
            report(regions[^1].Index + 1);
        }
    }

    private DrawnRegion Draw(Review review, int rank, DataSample sample, SuspectRegion region)
    {
        using MLImage image = ImageDecoder.Decode(sample.ImagePath!, range);
        SegmentationResult result = judge(sample);
        string title = string.Create(CultureInfo.InvariantCulture,
            $"{rank}. {PrintableText.Of(sample.Name)}: label {ClassText.Of(review.ClassNames[region.Class])}, "
            + $"model {ClassText.Of(review.ClassNames[region.Suggested])}, score {region.Score:F2}");
        return new DrawnRegion(
            title, region, PicturePixels.Rgba(image), image.Width, image.Height, reader.Read(sample.MaskPath!),
            result.Mask.ToArray());
    }
}

using System.Globalization;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>
/// Writes pictures of what comes first: <c>page-001.png</c> and so on of regions, <c>unlabelled-001.png</c> of images without a
/// label.
/// </summary>
/// <param name="models">Segment the images once more.</param>
/// <param name="reader">Reads masks.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class ReviewPages(ReviewModels models, MaskReader reader, CancellationToken cancellation)
{
    /// <summary>Writes them to a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="review">What was found.</param>
    /// <param name="count">How many regions are drawn, and how many images.</param>
    /// <param name="report">Is told what was drawn last.</param>
    /// <returns>The names of the files.</returns>
    public IReadOnlyList<string> Write(string folder, Review review, int count, Action<string> report) =>
    [
        .. Write(folder, "page", review.Suspects.Take(count), review.Palette, report, (rank, one) => Draw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rank}. {PrintableText.Of(one.Sample.Name)}: label {ClassText.Of(review.ClassNames[one.Region.Class])}, "
                + $"model {ClassText.Of(review.ClassNames[one.Region.Suggested])}, score {one.Region.Score:F2}"),
            one.Sample, one.Region)),
        .. Write(folder, "unlabelled", review.Unlabelled.Take(count), review.Palette, report, (rank, one) => Draw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rank}. {PrintableText.Of(Path.GetFileName(one.Path))}: entropy {one.Value.Entropy:F3}, disagreement "
                + $"{one.Value.Disagreement:F3}"),
            new DataSample("", one.Path, null, null), null)),
    ];

    private static IEnumerable<string> Write<T>(
        string folder, string name, IEnumerable<T> ranked, IReadOnlyList<Rgb> palette, Action<string> report,
        Func<int, T, ReviewedPicture> draw)
    {
        var picture = new ReviewPicture(PictureFont.Default, palette);
        foreach (var (page, images) in ranked.Index().Chunk(ReviewPicture.Rows).Index())
        {
            using SKBitmap bitmap = picture.Draw([.. images.Select(one => draw(one.Index + 1, one.Item))]);
            string file = string.Create(CultureInfo.InvariantCulture, $"{name}-{page + 1:D3}.png");
            AtomicFile.Write(Path.Combine(folder, file), stream => stream.Write(PicturePixels.EncodePng(bitmap)));
            report(file);
            yield return file;
        }
    }

    private ReviewedPicture Draw(string title, DataSample sample, SuspectRegion? region)
    {
        using MLImage image = ImageDecoder.Decode(sample.ImagePath!, models.First.Options.SampleRange);
        SegmentationResult result = models.Judge(sample, cancellation);
        uint[]? label = sample.MaskPath is { } mask ? reader.Read(mask) : null;
        return new ReviewedPicture(
            title, region, PicturePixels.Rgba(image), image.Width, image.Height, label, result.Mask.ToArray());
    }
}

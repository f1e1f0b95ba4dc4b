using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>
/// The images of an evaluation that come out best, middling and worst by mean IoU, each as it is, with its true mask and with the
/// predicted one. Which they are is known at the end: until then a file keeps the masks, so that no network runs a second time.
/// </summary>
/// <param name="folder">The folder to write to, which is there.</param>
/// <param name="classNames">The name of each class.</param>
/// <param name="palette">The colour of each class.</param>
internal sealed class EvaluationPictures(
    string folder, IReadOnlyList<string> classNames, IReadOnlyList<Rgb> palette) : IDisposable
{
    private readonly MaskStore _masks = new(Path.Combine(folder, "masks.partial"));
    private readonly List<(int Row, double MeanIoU)> _ranked = [];
    private int _rows;

    /// <summary>Begins them in a folder, which is made where there is none.</summary>
    public static EvaluationPictures Begin(string folder, IReadOnlyList<string> classNames, IReadOnlyList<Rgb> palette)
    {
        Directory.CreateDirectory(folder);
        return new EvaluationPictures(folder, classNames, palette);
    }

    /// <summary>Sees the masks of the next row; one in which no pixel is labelled has no rank.</summary>
    public void Add(ReadOnlySpan<uint> label, ReadOnlySpan<uint> prediction, PixelConfusionMatrix matrix)
    {
        _masks.Add(label);
        _masks.Add(prediction);
        if (matrix.LabeledPixels > 0) _ranked.Add((_rows, new SegmentationMetrics(matrix, classNames).MeanIoU));
        _rows++;
    }

    /// <summary>Writes <c>best.png</c>, <c>median.png</c> and <c>worst.png</c>.</summary>
    /// <param name="rows">The rows that were seen.</param>
    /// <param name="range">The values that became black and white in their images.</param>
    public IReadOnlyList<WrittenPicture> Write(IReadOnlyList<SegmentationFolderRow> rows, SampleRange? range)
    {
        (int Row, double MeanIoU)[] ranked = [.. _ranked.OrderByDescending(one => one.MeanIoU)];
        (string Name, int Rank)[] chosen = [("best", 0), ("median", ranked.Length / 2), ("worst", ranked.Length - 1)];
        var drawing = new ComparisonPicture(PictureFont.Default);
        var written = new List<WrittenPicture>();
        foreach ((string name, int at) in chosen)
        {
            int row = ranked[at].Row;
            using MLImage image = ImageDecoder.Decode(rows[row].ImagePath, range);
            uint[] label = _masks.Read(2 * row), prediction = _masks.Read((2 * row) + 1);
            var matrix = new PixelConfusionMatrix(classNames.Count);
            matrix.Add(label, prediction);
            string title = PrintableText.Of(Path.GetFileName(rows[row].ImagePath));
            string rank = $"the {name} of {Plural.Of(ranked.Length, "image")}";
            var metrics = new SegmentationMetrics(matrix, classNames);
            var compared = new ComparedImage(
                title, rank, PicturePixels.Rgba(image), image.Width, image.Height, label, prediction, metrics, palette);
            using SKBitmap picture = drawing.Draw(compared);
            string file = Path.Combine(folder, $"{name}.png");
            AtomicFile.Write(file, stream => stream.Write(PicturePixels.EncodePng(picture)));
            written.Add(new WrittenPicture(name, rows[row].ImagePath, metrics.MeanIoU, file));
        }
        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => _masks.Dispose();
}

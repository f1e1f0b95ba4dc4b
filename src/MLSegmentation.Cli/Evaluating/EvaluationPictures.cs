using Microsoft.ML;
using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>
/// The images of an evaluation that come out best, middling and worst by mean IoU, each as it is, with its true mask and with the
/// predicted one.
/// </summary>
internal static class EvaluationPictures
{
    /// <summary>Writes <c>best.png</c>, <c>median.png</c> and <c>worst.png</c>.</summary>
    /// <param name="folder">It is made where there is none.</param>
    /// <param name="rows">The images and masks.</param>
    /// <param name="score">Scores some of them: rows with the columns Image, Label and PredictedLabel.</param>
    /// <param name="options">Those of the scoring: class names and palette.</param>
    public static IReadOnlyList<WrittenPicture> Write(
        string folder, IReadOnlyList<SegmentationFolderRow> rows, Func<IReadOnlyList<SegmentationFolderRow>, IDataView> score, SegmentImageOptions options)
    {
        SegmentationFolderRow[] ranked = [.. Rank(rows, score(rows), options.ClassNames!)];
        Directory.CreateDirectory(folder);
        (string Name, SegmentationFolderRow Row)[] chosen = [("best", ranked[0]), ("median", ranked[ranked.Length / 2]), ("worst", ranked[^1])];
        IDataView scored = score([.. chosen.Select(one => one.Row)]);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Image"], scored.Schema["Label"], scored.Schema["PredictedLabel"]]);
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(scored.Schema["Image"]);
        MLImage image = null!;
        var drawing = new ComparisonPicture(PictureFont.Default);
        var written = new List<WrittenPicture>();
        foreach ((string name, SegmentationFolderRow row) in chosen)
        {
            cursor.MoveNext();
            getImage(ref image);
            uint[] label = Keys(cursor, "Label"), prediction = Keys(cursor, "PredictedLabel");
            string title = Path.GetFileName(row.ImagePath), rank = $"the {name} of {Plural.Of(ranked.Length, "image")}", file = Path.Combine(folder, $"{name}.png");
            SegmentationMetrics metrics = Measure(label, prediction, options.ClassNames!)!;
            var compared = new ComparedImage(PrintableText.Of(title), rank, Rgba(image), image.Width, image.Height, label, prediction, metrics, options.Palette!);
            using SKBitmap picture = drawing.Draw(compared);
            AtomicFile.Write(file, stream => stream.Write(PngWriter.EncodeRgb(Rgb(picture), picture.Width, picture.Height)));
            written.Add(new WrittenPicture(name, row.ImagePath, metrics.MeanIoU, file));
        }
        image.Dispose();
        return written;
    }

    /// <summary>The rows in which a pixel is labelled, from the highest mean IoU to the lowest.</summary>
    private static IEnumerable<SegmentationFolderRow> Rank(IReadOnlyList<SegmentationFolderRow> rows, IDataView scored, IReadOnlyList<string> classNames)
    {
        var found = new List<(SegmentationFolderRow Row, double MeanIoU)>();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Label"], scored.Schema["PredictedLabel"]]);
        while (cursor.MoveNext())
        {
            if (Measure(Keys(cursor, "Label"), Keys(cursor, "PredictedLabel"), classNames) is { } metrics) found.Add((rows[(int)cursor.Position], metrics.MeanIoU));
        }
        return found.OrderByDescending(one => one.MeanIoU).Select(one => one.Row);
    }

    /// <summary>The metrics of one image; null where no pixel is labelled.</summary>
    private static SegmentationMetrics? Measure(uint[] label, uint[] prediction, IReadOnlyList<string> classNames)
    {
        var matrix = new PixelConfusionMatrix(classNames.Count);
        matrix.Add(label, prediction);
        return matrix.LabeledPixels > 0 ? new SegmentationMetrics(matrix, classNames) : null;
    }

    private static uint[] Keys(DataViewRowCursor cursor, string column)
    {
        VBuffer<uint> keys = default;
        cursor.GetGetter<VBuffer<uint>>(cursor.Schema[column])(ref keys);
        return [.. keys.DenseValues()];
    }

    private static byte[] Rgba(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        if (image.PixelFormat == MLPixelFormat.Rgba32) return pixels;
        for (int i = 0; i < pixels.Length; i += 4) (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        return pixels;
    }

    private static byte[] Rgb(SKBitmap picture)
    {
        ReadOnlySpan<byte> rgba = picture.GetPixelSpan();
        var rgb = new byte[rgba.Length / 4 * 3];
        for (int i = 0; i < rgb.Length / 3; i++) rgba.Slice(4 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        return rgb;
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Images;
using MLSegmentation.Masks;
using MLSegmentation.Metrics;
using MLSegmentation.Transforms;
using ConfusionMatrix = MLSegmentation.Metrics.ConfusionMatrix;

namespace MLSegmentation.Cli.Commands;

/// <summary>
/// The images of an evaluation that come out best, middling and worst by mean IoU, each as it is, with its true mask and with the
/// predicted one.
/// </summary>
internal static class EvaluationPictures
{
    /// <summary>Writes <c>best.png</c>, <c>median.png</c> and <c>worst.png</c>.</summary>
    /// <param name="folder">It is made where there is none.</param>
    /// <param name="scored">Rows with the columns Image, Label and PredictedLabel.</param>
    /// <param name="options">Those of the scoring: class names and palette.</param>
    public static void Write(string folder, IDataView scored, SegmentImageOptions options)
    {
        long[] rows = [.. Rank(scored, options.ClassNames!)];
        Directory.CreateDirectory(folder);
        var names = new[] { ("best", rows[0]), ("median", rows[rows.Length / 2]), ("worst", rows[^1]) }.ToLookup(pair => pair.Item2, pair => pair.Item1);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Image"], scored.Schema["Label"], scored.Schema["PredictedLabel"]]);
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(scored.Schema["Image"]);
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            if (!names.Contains(cursor.Position)) continue;
            getImage(ref image);
            MaskComparison picture = MaskComparison.Draw(
                Rgb(image), image.Width, image.Height, Keys(cursor, "Label"), Keys(cursor, "PredictedLabel"), options.Palette!);
            foreach (string name in names[cursor.Position])
                AtomicFile.Write(Path.Combine(folder, $"{name}.png"), stream => stream.Write(PngWriter.EncodeRgb(picture.Pixels, picture.Width, picture.Height)));
        }
        image.Dispose();
    }

    /// <summary>The rows in which a pixel is labelled, from the highest mean IoU to the lowest.</summary>
    private static IEnumerable<long> Rank(IDataView scored, IReadOnlyList<string> classNames)
    {
        var found = new List<(long Row, double MeanIoU)>();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Label"], scored.Schema["PredictedLabel"]]);
        while (cursor.MoveNext())
        {
            var matrix = new ConfusionMatrix(classNames.Count);
            matrix.Add(Keys(cursor, "Label"), Keys(cursor, "PredictedLabel"));
            if (matrix.LabeledPixels > 0) found.Add((cursor.Position, new SegmentationMetrics(matrix, classNames).MeanIoU));
        }
        return found.OrderByDescending(one => one.MeanIoU).Select(one => one.Row);
    }

    private static uint[] Keys(DataViewRowCursor cursor, string column)
    {
        VBuffer<uint> keys = default;
        cursor.GetGetter<VBuffer<uint>>(cursor.Schema[column])(ref keys);
        return [.. keys.DenseValues()];
    }

    private static byte[] Rgb(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        int red = image.PixelFormat == MLPixelFormat.Rgba32 ? 0 : 2;
        var rgb = new byte[3 * image.Width * image.Height];
        for (int i = 0; i < image.Width * image.Height; i++)
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) = (pixels[4 * i + red], pixels[4 * i + 1], pixels[4 * i + 2 - red]);
        return rgb;
    }
}

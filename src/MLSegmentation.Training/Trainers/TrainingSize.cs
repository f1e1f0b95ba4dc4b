using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training.Trainers;

/// <summary>Chooses the size that a network is trained at.</summary>
internal static class TrainingSize
{
    private const int Looked = 64;
    private const double LargestArea = 320 * 256;

    /// <summary>The median size of the first images, scaled down to at most 320×256 pixels of area, each side rounded to the multiple.</summary>
    public static (int Width, int Height) Choose(IDataView view, DataViewSchema.Column image, int multiple, CancellationToken cancellation)
    {
        var sizes = new List<(int Width, int Height)>();
        using (DataViewRowCursor cursor = view.GetRowCursor([image]))
        {
            var get = cursor.GetGetter<MLImage>(image);
            MLImage picture = null!;
            while (sizes.Count < Looked && cursor.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                get(ref picture);
                RowImage.Require(picture, cursor, image.Name);
                sizes.Add((picture.Width, picture.Height));
            }
        }
        if (sizes.Count == 0) throw new InvalidOperationException("There are no rows to train on.");
        return Fit(Median(sizes.Select(size => size.Width)), Median(sizes.Select(size => size.Height)), multiple);
    }

    /// <summary>480×400 becomes 320×256 with the multiple 32: scaled by 0.65 to 313×261.</summary>
    public static (int Width, int Height) Fit(int width, int height, int multiple)
    {
        double scale = Math.Min(Math.Sqrt(LargestArea / ((double)width * height)), 1);
        int Round(int size) => Math.Max((int)Math.Round(size * scale / multiple) * multiple, 2 * multiple);
        return (Round(width), Round(height));
    }

    private static int Median(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

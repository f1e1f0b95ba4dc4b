using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>The mean probabilities of an image's views, [C,H,W] in the scaled size that the network sees the image in.</summary>
internal sealed class ViewAverage(TestTimeAugmentationOptions views, int classes)
{
    private ImageGeometry _geometry = null!;
    private float[] _mean = [];
    private float[] _plane = [];
    private float[] _probabilities = [];

    /// <summary>The largest factor of the size that the network sees the image in.</summary>
    public double LargestScale => views.Scales.Max();

    /// <summary>The mean over the views that were added.</summary>
    public ReadOnlySpan<float> Mean => _mean.AsSpan(0, classes * Area);

    private int Count => views.Scales.Count * (views.HorizontalFlip ? 2 : 1);

    private int Area => _geometry.ScaledWidth * _geometry.ScaledHeight;

    /// <summary>Begins an image: the views to add.</summary>
    public IEnumerable<(double Scale, bool IsFlipped)> Begin(ImageGeometry geometry)
    {
        _geometry = geometry;
        if (_mean.Length < classes * Area) _mean = new float[classes * Area];
        _mean.AsSpan(0, classes * Area).Clear();
        return views.Scales.SelectMany(scale => views.HorizontalFlip ? new[] { (scale, false), (scale, true) } : [(scale, false)]);
    }

    /// <summary>Adds what the network answered to a view.</summary>
    /// <param name="scores">The answer.</param>
    /// <param name="geometry">How the view was brought to the network.</param>
    /// <param name="isFlipped">Whether the tensor was mirrored.</param>
    public void Add(ClassScores scores, ImageGeometry geometry, bool isFlipped)
    {
        ClassScores probabilities = scores.ToProbabilities(ref _probabilities);
        var plane = new ScorePlane(probabilities.Height, probabilities.Width, geometry.Towards(_geometry));
        for (int index = 0; index < classes; index++)
        {
            ReadOnlySpan<float> values = probabilities.Plane(index);
            if (isFlipped) values = Flipped(values, probabilities.Width);
            Span<float> mean = _mean.AsSpan(index * Area, Area);
            TensorPrimitives.MultiplyAdd(plane.ToImage(values), 1f / Count, mean, mean);
        }
    }

    /// <summary>Mirrors the first columns of each row.</summary>
    public static void Flip(Span<float> rows, int width, int columns)
    {
        for (int at = 0; at < rows.Length; at += width) rows.Slice(at, columns).Reverse();
    }

    private ReadOnlySpan<float> Flipped(ReadOnlySpan<float> values, int width)
    {
        if (_plane.Length < values.Length) _plane = new float[values.Length];
        Span<float> plane = _plane.AsSpan(0, values.Length);
        values.CopyTo(plane);
        Flip(plane, width, width);
        return plane;
    }
}

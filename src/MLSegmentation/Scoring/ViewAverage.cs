using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>The mean probabilities of an image's views, [C,H,W] in the scaled size that the network sees the image in.</summary>
internal sealed class ViewAverage(int classes)
{
    private ImageGeometry _seen = null!;
    private float _weight;
    private float[] _mean = [];
    private float[] _plane = [];
    private float[] _probabilities = [];

    /// <summary>The mean over the views that were added.</summary>
    public ClassScores Mean =>
        new(_mean.AsSpan(0, classes * Area), classes, _seen.ScaledHeight, _seen.ScaledWidth, areLogits: false);

    private int Area => _seen.ScaledWidth * _seen.ScaledHeight;

    /// <summary>Begins an image.</summary>
    public void Begin(ImagePlan plan)
    {
        (_seen, _weight) = (plan.Seen, 1f / plan.Views.Count);
        if (_mean.Length < classes * Area) _mean = new float[classes * Area];
        _mean.AsSpan(0, classes * Area).Clear();
    }

    /// <summary>Adds what the network answered to a view.</summary>
    /// <param name="scores">The answer.</param>
    /// <param name="view">The view.</param>
    public void Add(ClassScores scores, ImageView view)
    {
        ClassScores probabilities = scores.ToProbabilities(ref _probabilities);
        var plane = new ScorePlane(probabilities.Height, probabilities.Width, view.Geometry.Towards(_seen));
        for (int index = 0; index < classes; index++)
        {
            ReadOnlySpan<float> values = probabilities.Plane(index);
            if (view.IsFlipped) values = Flipped(values, probabilities.Width);
            Span<float> mean = _mean.AsSpan(index * Area, Area);
            TensorPrimitives.MultiplyAdd(plane.ToImage(values), _weight, mean, mean);
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

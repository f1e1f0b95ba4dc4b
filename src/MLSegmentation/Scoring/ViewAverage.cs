using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>The mean probabilities of an image's views, [C,H,W] in the scaled size that the network sees the image in.</summary>
/// <param name="meaning">What the means are.</param>
internal sealed class ViewAverage(ScoreMeaning meaning)
{
    private readonly int _planes = meaning.Planes;
    private ImageGeometry _seen = null!;
    private float _weight;
    private float[] _mean = [];
    private float[] _plane = [];
    private float[] _probabilities = [];

    /// <summary>The mean over the views that were added.</summary>
    public ClassScores Mean => new(_mean.AsSpan(0, _planes * Area), _seen.ScaledHeight, _seen.ScaledWidth, meaning);

    private int Area => _seen.ScaledWidth * _seen.ScaledHeight;

    /// <summary>Begins an image.</summary>
    /// <exception cref="ArgumentException">The means would be more than an array can hold.</exception>
    public void Begin(ImagePlan plan)
    {
        (_seen, _weight) = (plan.Seen, 1f / plan.Views.Count);
        if ((long)_planes * Area > Array.MaxLength)
        {
            throw new ArgumentException(
                $"The views of an image take {_seen.ScaledWidth} × {_seen.ScaledHeight} × {_planes} probabilities, expected at "
                + $"most {Array.MaxLength}. Use a smaller size, or leave TestTimeAugmentation out.");
        }
        if (_mean.Length < _planes * Area) _mean = new float[_planes * Area];
        _mean.AsSpan(0, _planes * Area).Clear();
    }

    /// <summary>Adds what the network answered to a view.</summary>
    /// <param name="scores">The answer.</param>
    /// <param name="view">The view.</param>
    public void Add(ClassScores scores, ImageView view)
    {
        if (!scores.Meaning.AreInterpolatedFirst) scores = scores.ToProbabilities(ref _probabilities);
        var plane = new ScorePlane(scores.Height, scores.Width, view.Geometry.Towards(_seen));
        bool isActivated = scores.Meaning.Activation != ScoreActivation.None;
        if (isActivated && _probabilities.Length < _planes * Area) _probabilities = new float[_planes * Area];
        for (int index = 0; index < _planes; index++)
        {
            ReadOnlySpan<float> values = scores.Plane(index);
            if (view.IsFlipped) values = Flipped(values, scores.Width);
            values = plane.ToImage(values);
            if (isActivated) values.CopyTo(_probabilities.AsSpan(index * Area));
            else Add(values, index * Area);
        }
        if (!isActivated) return;
        Span<float> logits = _probabilities.AsSpan(0, _planes * Area);
        scores.Meaning.Activate(logits, logits);
        Add(logits, 0);
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

    private void Add(ReadOnlySpan<float> probabilities, int at)
    {
        Span<float> mean = _mean.AsSpan(at, probabilities.Length);
        TensorPrimitives.MultiplyAdd(probabilities, _weight, mean, mean);
    }
}

namespace MLSegmentation.Training;

/// <summary>Where one axis of a training view lies in the sample.</summary>
/// <param name="Source">Columns or rows of the sample.</param>
/// <param name="View">Columns or rows of the view.</param>
/// <param name="Scale">Pixels of the view for one of the sample.</param>
/// <param name="Start">Where the view begins in the scaled sample; negative where that is the smaller one.</param>
/// <param name="IsFlipped">Whether the view runs backwards.</param>
internal readonly record struct AxisPlace(int Source, int View, double Scale, double Start, bool IsFlipped)
{
    /// <summary>A random place; without a choice of scales, a smaller sample is in the view's middle.</summary>
    public static AxisPlace Draw(
        int source, int view, double scale, Random random, AugmentationOptions options, bool isFlipped)
    {
        double slack = source * scale - view;
        double start = options.MinScale == options.MaxScale && slack <= 0 ? slack / 2 : slack * random.NextDouble();
        return new AxisPlace(source, view, scale, start, isFlipped);
    }

    /// <summary>The place in the sample, 0 to its size where it is inside, of a place in the view.</summary>
    public double PositionOf(double place) => ((IsFlipped ? View - place : place) + Start) / Scale;

    /// <summary>By how much that place moves with one in the view.</summary>
    public double Step => (IsFlipped ? -1 : 1) / Scale;

    /// <summary>The places in the sample of the middles of the view's columns or rows.</summary>
    public AxisTaps Taps()
    {
        var (before, weights, nearest) = (new int[View], new float[View], new int[View]);
        for (int i = 0; i < View; i++)
        {
            double position = PositionOf(i + 0.5), centre = Mirror.Coordinate(position - 0.5, Source);
            before[i] = (int)centre;
            weights[i] = (float)(centre - before[i]);
            nearest[i] = position >= 0 && position < Source ? (int)position : AxisTaps.Outside;
        }
        return new AxisTaps(before, weights, nearest);
    }
}

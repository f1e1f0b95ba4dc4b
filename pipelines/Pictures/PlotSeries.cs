namespace MLSegmentation.Pictures;

/// <summary>The points of one line or of one category of a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">The abscissas.</param>
/// <param name="Y">The ordinates, as many as <paramref name="X"/>.</param>
public sealed record PlotSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>A series whose abscissas are 1, 2, 3 …: epochs, for instance.</summary>
    public PlotSeries(string name, IReadOnlyList<double> y)
        : this(name, [.. Enumerable.Range(1, y.Count).Select(x => (double)x)], y)
    {
    }
}

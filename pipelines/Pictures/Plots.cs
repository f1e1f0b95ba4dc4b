using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using SkiaSharp;

namespace MLSegmentation.Pictures;

/// <summary>Plots with a legend, written as PNG files of 720×480 pixels.</summary>
public static class Plots
{
    private const int Width = 720, Height = 480;

    /// <summary>Ten colours that stay apart, for lines and categories in their order (Tableau's ten).</summary>
    private static readonly OxyColor[] _colours =
    [
        OxyColor.FromRgb(31, 119, 180), OxyColor.FromRgb(255, 127, 14), OxyColor.FromRgb(44, 160, 44),
        OxyColor.FromRgb(214, 39, 40), OxyColor.FromRgb(148, 103, 189), OxyColor.FromRgb(140, 86, 75),
        OxyColor.FromRgb(227, 119, 194), OxyColor.FromRgb(127, 127, 127), OxyColor.FromRgb(188, 189, 34),
        OxyColor.FromRgb(23, 190, 207),
    ];

    /// <summary>Writes a plot with a line for each series.</summary>
    /// <param name="path">The PNG file to write.</param>
    /// <param name="title">The plot's title.</param>
    /// <param name="xTitle">What runs to the right, with its unit.</param>
    /// <param name="yTitle">What runs upwards, with its unit.</param>
    /// <param name="series">The lines, in the legend's order.</param>
    /// <exception cref="ArgumentException">A series has not as many ordinates as abscissas.</exception>
    public static void WriteLines(string path, string title, string xTitle, string yTitle, IReadOnlyList<PlotSeries> series) =>
        Write(path, Model(title, xTitle, yTitle, series, (points, colour) =>
        {
            var line = new LineSeries { Color = colour, StrokeThickness = 2 };
            line.Points.AddRange(points);
            return line;
        }));

    /// <summary>Writes a plot with a point for each pair, coloured by series.</summary>
    /// <inheritdoc cref="WriteLines"/>
    public static void WriteScatter(string path, string title, string xTitle, string yTitle, IReadOnlyList<PlotSeries> series) =>
        Write(path, Model(title, xTitle, yTitle, series, (points, colour) =>
        {
            var scatter = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2, MarkerFill = colour };
            scatter.Points.AddRange(points.Select(point => new ScatterPoint(point.X, point.Y)));
            return scatter;
        }));

    private static PlotModel Model(
        string title,
        string xTitle,
        string yTitle,
        IReadOnlyList<PlotSeries> series,
        Func<IEnumerable<DataPoint>, OxyColor, Series> draw)
    {
        var model = new PlotModel
        {
            Title = title,
            Background = OxyColors.White,
            Culture = CultureInfo.InvariantCulture,
        };
        model.Axes.Add(Axis(AxisPosition.Bottom, xTitle));
        model.Axes.Add(Axis(AxisPosition.Left, yTitle));
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside });
        foreach ((int index, PlotSeries one) in series.Index())
        {
            if (one.X.Count != one.Y.Count)
            {
                throw new ArgumentException(
                    $"Series '{one.Name}' has {one.X.Count} abscissas and {one.Y.Count} ordinates: give one of each a point.",
                    nameof(series));
            }
            Series drawn = draw(one.X.Zip(one.Y, (x, y) => new DataPoint(x, y)), _colours[index % _colours.Length]);
            drawn.Title = one.Name;
            model.Series.Add(drawn);
        }
        return model;
    }

    private static LinearAxis Axis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = 10,
        MinimumPadding = 0.04,
        MaximumPadding = 0.04,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColor.FromRgb(225, 225, 225),
    };

    private static void Write(string path, PlotModel model)
    {
        using SKBitmap bitmap = PngPicture.Create(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        using var context = new PlotContext(PictureFont.Default) { SkCanvas = canvas };
        ((IPlotModel)model).Update(updateData: true);
        ((IPlotModel)model).Render(context, new OxyRect(0, 0, Width, Height));
        if (model.GetLastPlotException() is { } error)
        {
            throw new InvalidOperationException($"The plot '{path}' could not be drawn: {error.Message}", error);
        }
        PngPicture.Write(path, bitmap);
    }
}

using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>
/// Draws an image of an evaluation for people: its name and its mean IoU, the image, its true and its predicted mask side by side
/// under headings, and the classes in it with their colours and IoU.
/// </summary>
/// <param name="font">Draws the text.</param>
internal sealed class ComparisonPicture(PictureFont font)
{
    private const int Margin = 20, Gap = 16, Swatch = 18, MostClasses = 24, LongestName = 60;
    private const int LeastPanel = 320, LargestPanel = 640;
    private const float TextSize = 20;
    private static readonly string[] _headings = ["image", "true mask", "predicted mask"];
    private static readonly SKColor _paper = new(250, 250, 250), _ink = new(32, 32, 32), _pale = new(110, 110, 110),
        _line = new(160, 160, 160);
    private readonly float _lineHeight = font.Measure("x", TextSize).Height;

    /// <summary>Draws the picture.</summary>
    public SKBitmap Draw(ComparedImage image)
    {
        (int panelWidth, int panelHeight) = PanelSize(image.Width, image.Height);
        int cell = Math.Max(panelWidth, (int)_headings.Max(Width));
        int width = (2 * Margin) + (_headings.Length * cell) + ((_headings.Length - 1) * Gap);
        LegendEntry[] legend = [.. Legend(image)];
        IReadOnlyList<(LegendEntry Entry, float X, int Row)> places = Flow(legend, width - (2 * Margin));
        float headings = Margin + (2 * _lineHeight) + Gap, panels = headings + _lineHeight + (Gap / 2),
            classes = panels + panelHeight + Gap;
        float height = classes + ((places[^1].Row + 1) * (_lineHeight + (Gap / 2))) + Margin - (Gap / 2);

        var bitmap = new SKBitmap(Info(width, (int)Math.Ceiling(height)));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(_paper);
        Text(canvas, Fitting(image.Title, width - (2 * Margin)), Margin, Margin, _ink);
        Text(canvas, Fitting($"mean IoU {image.Metrics.MeanIoU:F4}, {image.Rank}", width - (2 * Margin)), Margin,
            Margin + _lineHeight, _pale);

        byte[] scaled = Scaled(image, panelWidth, panelHeight);
        uint[]?[] masks = [null, ScaledKeys(image, image.Label, panelWidth, panelHeight),
            ScaledKeys(image, image.Prediction, panelWidth, panelHeight)];
        foreach ((int index, uint[]? mask) in masks.Index())
        {
            float left = Margin + (index * (cell + Gap));
            Text(canvas, _headings[index], left + ((cell - Width(_headings[index])) / 2), headings, _ink);
            using SKImage panel = Panel(scaled, panelWidth, panelHeight, mask, image.Palette);
            canvas.DrawImage(panel, MathF.Round(left + ((cell - panelWidth) / 2f)), MathF.Round(panels));
        }
        foreach ((LegendEntry entry, float x, int row) in places)
            DrawEntry(canvas, entry, Margin + x, classes + (row * (_lineHeight + (Gap / 2))));
        return bitmap;
    }

    /// <summary>Small images are shown larger, by a whole number, and large ones smaller.</summary>
    private static (int Width, int Height) PanelSize(int width, int height)
    {
        int longest = Math.Max(width, height);
        double scale = longest > LargestPanel ? (double)LargestPanel / longest : Math.Max(1, LeastPanel / longest);
        return (Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
    }

    /// <summary>The classes that are in either mask; of very many those with the most labelled pixels.</summary>
    private static IEnumerable<LegendEntry> Legend(ComparedImage image)
    {
        var present = image.Metrics.PerClass.Index()
            .Where(one => one.Item.IoU is not null).OrderByDescending(one => one.Item.LabelPixels).ToArray();
        foreach ((int index, ClassMetrics one) in present.Take(MostClasses).OrderBy(one => one.Index))
        {
            // As the overlay has it, a black class 0 leaves the image as it is.
            bool isPainted = index > 0 || image.Palette[0] != default;
            yield return new LegendEntry(isPainted ? image.Palette[index] : null,
                $"{PrintableText.Of(one.Name, LongestName)}{(isPainted ? "" : " (not painted)")}  IoU {one.IoU:F2}");
        }
        if (present.Length > MostClasses) yield return new LegendEntry(null, $"and {present.Length - MostClasses} more classes");
    }

    /// <summary>The entries from left to right, and on in the next row.</summary>
    private IReadOnlyList<(LegendEntry Entry, float X, int Row)> Flow(LegendEntry[] legend, int width)
    {
        var places = new List<(LegendEntry, float, int)>();
        float x = 0;
        int row = 0;
        foreach (LegendEntry entry in legend.Select(
            entry => entry with { Text = Fitting(entry.Text, width - Swatch - (Gap / 2)) }))
        {
            float needed = Swatch + (Gap / 2) + Width(entry.Text);
            if (x > 0 && x + needed > width) (x, row) = (0, row + 1);
            places.Add((entry, x, row));
            x += needed + (2 * Gap);
        }
        return places;
    }

    private void DrawEntry(SKCanvas canvas, LegendEntry entry, float x, float y)
    {
        var box = SKRect.Create(MathF.Round(x), MathF.Round(y + ((_lineHeight - Swatch) / 2)), Swatch, Swatch);
        using var fill = new SKPaint
        {
            Color = entry.Colour is { } colour ? new SKColor(colour.R, colour.G, colour.B) : SKColors.White,
        };
        using var border = new SKPaint { Color = _line, IsStroke = true };
        canvas.DrawRect(box, fill);
        canvas.DrawRect(box, border);
        Text(canvas, entry.Text, x + Swatch + (Gap / 2), y, _ink);
    }

    private static SKImage Panel(byte[] image, int width, int height, uint[]? mask, IReadOnlyList<Rgb> palette)
    {
        byte[] pixels = [.. image];
        if (mask is not null) MaskOverlay.Draw(pixels, ChannelOrder.Rgba, width, height, mask, palette);
        return SKImage.FromPixelCopy(Info(width, height), pixels);
    }

    private static byte[] Scaled(ComparedImage image, int width, int height)
    {
        using var whole = SKImage.FromPixelCopy(Info(image.Width, image.Height), image.Rgba);
        using var bitmap = SKBitmap.FromImage(whole);
        using SKBitmap scaled = bitmap.Resize(Info(width, height), SKFilterQuality.High);
        return scaled.GetPixelSpan().ToArray();
    }

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);

    private static uint[] ScaledKeys(ComparedImage image, uint[] keys, int width, int height)
    {
        var scaled = new uint[width * height];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] =
                keys[((long)(i / width) * image.Height / height * image.Width) + ((long)(i % width) * image.Width / width)];
        }
        return scaled;
    }

    private float Width(string text) => font.Measure(text, TextSize).Width;

    private string Fitting(string text, float width)
    {
        if (Width(text) <= width) return text;
        int fitting = 0, tooMany = text.Length;
        while (tooMany - fitting > 1)
        {
            int middle = (fitting + tooMany) / 2;
            if (Width($"{text[..middle]}...") <= width) fitting = middle;
            else tooMany = middle;
        }
        return $"{text[..fitting]}...";
    }

    private void Text(SKCanvas canvas, string text, float x, float y, SKColor colour) =>
        font.Draw(canvas, text, new SKPoint(MathF.Round(x), MathF.Round(y)), TextSize, colour);

    /// <summary>A class with its colour; null where it is not painted.</summary>
    private sealed record LegendEntry(Rgb? Colour, string Text);
}

using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>
/// Draws suspicious regions for people, below each other: its rank, image, classes and score, and under that the image, its label
/// and what the model sees side by side, cut out around the part in question, which a frame shows.
/// </summary>
/// <param name="font">Draws the text.</param>
/// <param name="palette">A colour for each class.</param>
internal sealed class ReviewPicture(PictureFont font, IReadOnlyList<Rgb> palette)
{
    /// <summary>How many regions a picture has room for.</summary>
    public const int Rows = 6;

    private const int Margin = 20, Gap = 12, PanelWidth = 320, PanelHeight = 240, LeastCut = 96;
    private const float TextSize = 18, Around = 1.6f;
    private static readonly SKColor _paper = new(250, 250, 250), _ink = new(32, 32, 32), _frame = new(255, 220, 0);
    private readonly float _lineHeight = font.Measure("x", TextSize).Height;

    /// <summary>Draws a picture of at most <see cref="Rows"/> regions.</summary>
    public SKBitmap Draw(IReadOnlyList<DrawnRegion> regions)
    {
        float rowHeight = _lineHeight + (Gap / 2) + PanelHeight + Gap;
        int width = (2 * Margin) + (3 * PanelWidth) + (2 * Gap);
        var bitmap = new SKBitmap(Info(width, (int)Math.Ceiling((2 * Margin) + (regions.Count * rowHeight) - Gap)));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(_paper);
        foreach (var (index, region) in regions.Index()) Draw(canvas, region, Margin + (index * rowHeight));
        return bitmap;
    }

    private void Draw(SKCanvas canvas, DrawnRegion region, float top)
    {
        font.Draw(canvas, region.Title, new SKPoint(Margin, MathF.Round(top)), TextSize, _ink);
        SKRectI cut = Cut(region);
        uint[]?[] masks = [null, region.Label, region.Prediction];
        foreach (var (index, mask) in masks.Index())
        {
            float scale = Math.Min((float)PanelWidth / cut.Width, (float)PanelHeight / cut.Height);
            var panel = SKRect.Create(
                Margin + (index * (PanelWidth + Gap)), MathF.Round(top + _lineHeight + (Gap / 2)), cut.Width * scale,
                cut.Height * scale);
            using SKImage image = Panel(region, mask);
            using var paint = new SKPaint { FilterQuality = SKFilterQuality.Medium };
            canvas.DrawImage(image, cut, panel, paint);
            using var frame = new SKPaint { Color = _frame, IsStroke = true, StrokeWidth = 2 };
            canvas.DrawRect(
                SKRect.Create(
                    panel.Left + ((region.Region.Left - cut.Left) * scale), panel.Top + ((region.Region.Top - cut.Top) * scale),
                    region.Region.Width * scale, region.Region.Height * scale),
                frame);
        }
    }

    private SKImage Panel(DrawnRegion region, uint[]? mask)
    {
        byte[] pixels = [.. region.Rgba];
        if (mask is not null) MaskOverlay.Draw(pixels, ChannelOrder.Rgba, region.Width, region.Height, mask, palette);
        return SKImage.FromPixelCopy(Info(region.Width, region.Height), pixels);
    }

    /// <summary>What is shown of the image: the part with what lies around it, in the panels' aspect.</summary>
    private static SKRectI Cut(DrawnRegion region)
    {
        SuspectRegion part = region.Region;
        float height = Math.Max(Math.Max(part.Height * Around, LeastCut), part.Width * Around * PanelHeight / PanelWidth),
            width = height * PanelWidth / PanelHeight;
        int cutWidth = Math.Min((int)width, region.Width), cutHeight = Math.Min((int)height, region.Height);
        int left = Math.Clamp(part.Left + ((part.Width - cutWidth) / 2), 0, region.Width - cutWidth),
            top = Math.Clamp(part.Top + ((part.Height - cutHeight) / 2), 0, region.Height - cutHeight);
        return SKRectI.Create(left, top, cutWidth, cutHeight);
    }

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
}

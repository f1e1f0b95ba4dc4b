using SkiaSharp;

namespace MLSegmentation.Cli;

/// <summary>
/// Draws images of a review for people, below each other: a line of text, and under it the image, its label where there is one,
/// and what the model sees, side by side. Of a suspicious region they are cut out around it, and a frame shows it.
/// </summary>
/// <param name="font">Draws the text.</param>
/// <param name="palette">A colour for each class.</param>
internal sealed class ReviewPicture(PictureFont font, IReadOnlyList<Rgb> palette)
{
    /// <summary>How many images a picture has room for.</summary>
    public const int Rows = 6;

    private const int Margin = 20, Gap = 12, PanelWidth = 320, PanelHeight = 240, LeastCut = 96;
    private const float TextSize = 18, Around = 1.6f;
    private static readonly SKColor _paper = new(250, 250, 250), _ink = new(32, 32, 32), _frame = new(255, 220, 0);
    private readonly float _lineHeight = font.Measure("x", TextSize).Height;

    /// <summary>Draws a picture of at most <see cref="Rows"/> images.</summary>
    public SKBitmap Draw(IReadOnlyList<ReviewedPicture> images)
    {
        float rowHeight = _lineHeight + (Gap / 2) + PanelHeight + Gap;
        int panels = images.Max(image => Masks(image).Length), width = (2 * Margin) + (panels * (PanelWidth + Gap)) - Gap;
        var bitmap = new SKBitmap(Info(width, (int)Math.Ceiling((2 * Margin) + (images.Count * rowHeight) - Gap)));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(_paper);
        foreach (var (index, image) in images.Index()) Draw(canvas, image, Margin + (index * rowHeight));
        return bitmap;
    }

    private void Draw(SKCanvas canvas, ReviewedPicture picture, float top)
    {
        font.Draw(canvas, picture.Title, new SKPoint(Margin, MathF.Round(top)), TextSize, _ink);
        SKRectI cut = picture.Region is { } part
            ? Cut(part, picture.Width, picture.Height)
            : SKRectI.Create(picture.Width, picture.Height);
        float scale = Math.Min((float)PanelWidth / cut.Width, (float)PanelHeight / cut.Height);
        foreach (var (index, mask) in Masks(picture).Index())
        {
            var panel = SKRect.Create(
                Margin + (index * (PanelWidth + Gap)), MathF.Round(top + _lineHeight + (Gap / 2)), cut.Width * scale,
                cut.Height * scale);
            using SKImage image = Panel(picture, mask);
            using var paint = new SKPaint { FilterQuality = SKFilterQuality.Medium };
            canvas.DrawImage(image, cut, panel, paint);
            if (picture.Region is not { } region) continue;
            using var frame = new SKPaint { Color = _frame, IsStroke = true, StrokeWidth = 2 };
            canvas.DrawRect(
                SKRect.Create(
                    panel.Left + ((region.Left - cut.Left) * scale), panel.Top + ((region.Top - cut.Top) * scale),
                    region.Width * scale, region.Height * scale),
                frame);
        }
    }

    private static uint[]?[] Masks(ReviewedPicture picture) =>
        picture.Label is { } label ? [null, label, picture.Prediction] : [null, picture.Prediction];

    private SKImage Panel(ReviewedPicture picture, uint[]? mask)
    {
        byte[] pixels = [.. picture.Rgba];
        if (mask is not null) MaskOverlay.Draw(pixels, ChannelOrder.Rgba, picture.Width, picture.Height, mask, palette);
        return SKImage.FromPixelCopy(Info(picture.Width, picture.Height), pixels);
    }

    /// <summary>What is shown of an image: a part with what lies around it, in the panels' aspect.</summary>
    private static SKRectI Cut(SuspectRegion part, int imageWidth, int imageHeight)
    {
        float height = Math.Max(Math.Max(part.Height * Around, LeastCut), part.Width * Around * PanelHeight / PanelWidth);
        int cutWidth = Math.Min((int)(height * PanelWidth / PanelHeight), imageWidth),
            cutHeight = Math.Min((int)height, imageHeight);
        return SKRectI.Create(
            Math.Clamp(part.Left + ((part.Width - cutWidth) / 2), 0, imageWidth - cutWidth),
            Math.Clamp(part.Top + ((part.Height - cutHeight) / 2), 0, imageHeight - cutHeight), cutWidth, cutHeight);
    }

    private static SKImageInfo Info(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
}

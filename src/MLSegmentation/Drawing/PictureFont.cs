using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// Text of pictures: by a font of the machine, or by <see cref="PixelGlyphs"/> where there is none. A server or container of
/// Debian has no fonts, and Skia then draws nothing at all.
/// </summary>
internal sealed class PictureFont(SKTypeface? typeface)
{
    private static readonly string[] _families = ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica"];

    /// <summary>The first of the usual sans serif families that the machine has.</summary>
    public static PictureFont Default { get; } = new(_families
        .Select(SKTypeface.FromFamilyName)
        .FirstOrDefault(found => _families.Contains(found.FamilyName) && found.GlyphCount > 0));

    /// <summary>Width and height of one line of text, in pixels.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The font's size in pixels.</param>
    public SKSize Measure(string text, float size)
    {
        if (typeface is null)
        {
            return PixelGlyphs.Measure(text, size);
        }
        using SKPaint paint = Paint(size, SKColors.Black);
        SKFontMetrics metrics = paint.FontMetrics;
        return new SKSize(paint.MeasureText(text), metrics.Descent - metrics.Ascent);
    }

    /// <summary>Draws one line of text.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="corner">The upper left corner of what <see cref="Measure"/> measures.</param>
    /// <param name="size">The font's size in pixels.</param>
    /// <param name="colour">The text's colour.</param>
    public void Draw(SKCanvas canvas, string text, SKPoint corner, float size, SKColor colour)
    {
        using SKPaint paint = Paint(size, colour);
        if (typeface is null)
        {
            PixelGlyphs.Draw(canvas, text, corner, size, paint);
        }
        else
        {
            canvas.DrawText(text, corner.X, corner.Y - paint.FontMetrics.Ascent, paint);
        }
    }

    private SKPaint Paint(float size, SKColor colour) => new()
    {
        Typeface = typeface,
        TextSize = size,
        Color = colour,
        IsAntialias = typeface is not null,
    };
}

using OxyPlot;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace MLSegmentation.Pictures;

/// <summary>
/// OxyPlot's drawing on a Skia canvas, with text by <see cref="PictureFont"/>: OxyPlot's own text needs HarfBuzz or a font on the
/// machine.
/// </summary>
/// <remarks>The base's text methods are not virtual, so the interface is implemented again.</remarks>
internal sealed class PlotContext : SkiaRenderContext, IRenderContext
{
    private readonly PictureFont _font;

    /// <param name="font">Draws and measures all text.</param>
    public PlotContext(PictureFont font)
    {
        _font = font;
        RenderTarget = RenderTarget.PixelGraphic;
        UseTextShaping = false;
    }

    void IRenderContext.DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string? fontFamily,
        double fontSize,
        double fontWeight,
        double rotation,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize)
    {
        if (string.IsNullOrEmpty(text) || !fill.IsVisible())
        {
            return;
        }
        SKSize size = _font.Measure(text, (float)fontSize);
        float left = horizontalAlignment switch
        {
            HorizontalAlignment.Left => 0,
            HorizontalAlignment.Center => -size.Width / 2,
            _ => -size.Width,
        };
        float top = verticalAlignment switch
        {
            VerticalAlignment.Top => 0,
            VerticalAlignment.Middle => -size.Height / 2,
            _ => -size.Height,
        };
        using var restore = new SKAutoCanvasRestore(SkCanvas);
        SkCanvas.Translate((float)p.X, (float)p.Y);
        SkCanvas.RotateDegrees((float)rotation);
        _font.Draw(SkCanvas, text, new SKPoint(left, top), (float)fontSize, fill.ToSKColor());
    }

    OxySize IRenderContext.MeasureText(string text, string? fontFamily, double fontSize, double fontWeight)
    {
        // A title that is not there arrives as null, whatever the interface's annotation says.
        SKSize size = _font.Measure(text ?? "", (float)fontSize);
        return new OxySize(size.Width, size.Height);
    }
}

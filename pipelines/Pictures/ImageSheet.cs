using Microsoft.ML.Data;
using SkiaSharp;

namespace MLSegmentation.Pictures;

/// <summary>
/// Images in a grid, with captions over the columns and beside the rows if wished, written as one PNG file: input, mask and
/// overlay side
/// by side, images over their reconstructions, the manifold of a latent space.
/// </summary>
/// <param name="columns">Tiles side by side.</param>
/// <param name="rows">Tiles one over the other.</param>
/// <param name="tileWidth">A tile's width in pixels.</param>
/// <param name="tileHeight">A tile's height in pixels.</param>
/// <param name="gap">White pixels between tiles and around them.</param>
public sealed class ImageSheet(int columns, int rows, int tileWidth, int tileHeight, int gap = 4) : IDisposable
{
    private const float TextSize = 14;
    private readonly Dictionary<(int Column, int Row), SKBitmap> _tiles = [];

    /// <summary>A caption over each column from the left on; none by default.</summary>
    public IReadOnlyList<string> ColumnCaptions { get; init; } = [];

    /// <summary>A caption left of each row from the top on; none by default.</summary>
    public IReadOnlyList<string> RowCaptions { get; init; } = [];

    /// <summary>Sets a tile to an image of grey values, copied and scaled into the tile with its proportions kept.</summary>
    /// <param name="column">The tile's column, from 0.</param>
    /// <param name="row">The tile's row, from 0.</param>
    /// <param name="grey">The pixels row by row, 0 black to 255 white.</param>
    /// <param name="width">The image's width; its height follows from the number of pixels.</param>
    /// <exception cref="ArgumentException">The pixels are no whole rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tile is outside the sheet.</exception>
    public void SetGrey(int column, int row, ReadOnlySpan<byte> grey, int width)
    {
        var colours = new SKColor[grey.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i] = new SKColor(grey[i], grey[i], grey[i]);
        }
        SetColours(column, row, colours, width);
    }

    /// <summary>
    /// Sets a tile to an image of red, green and blue bytes, copied and scaled into the tile with its proportions kept.
    /// </summary>
    /// <param name="column">The tile's column, from 0.</param>
    /// <param name="row">The tile's row, from 0.</param>
    /// <param name="rgb">Three bytes a pixel, row by row.</param>
    /// <param name="width">The image's width; its height follows from the number of pixels.</param>
    /// <exception cref="ArgumentException">The pixels are no whole rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tile is outside the sheet.</exception>
    public void SetRgb(int column, int row, ReadOnlySpan<byte> rgb, int width)
    {
        if (rgb.Length % 3 != 0)
        {
            throw new ArgumentException($"{rgb.Length} bytes are no whole pixels: give three a pixel.", nameof(rgb));
        }
        var colours = new SKColor[rgb.Length / 3];
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i] = new SKColor(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]);
        }
        SetColours(column, row, colours, width);
    }

    /// <summary>Sets a tile to an image of a pipeline, copied and scaled into the tile with its proportions kept.</summary>
    /// <param name="column">The tile's column, from 0.</param>
    /// <param name="row">The tile's row, from 0.</param>
    /// <param name="image">The image; it may go afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tile is outside the sheet.</exception>
    public void SetImage(int column, int row, MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        int red = image.PixelFormat == MLPixelFormat.Rgba32 ? 0 : 2;
        var colours = new SKColor[pixels.Length / 4];
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i] = new SKColor(pixels[(4 * i) + red], pixels[(4 * i) + 1], pixels[(4 * i) + 2 - red]);
        }
        SetColours(column, row, colours, image.Width);
    }

    /// <summary>Writes the sheet as a PNG file.</summary>
    /// <param name="path">The file to write.</param>
    public void Write(string path)
    {
        PictureFont font = PictureFont.Default;
        float captionHeight = font.Measure("x", TextSize).Height;
        float left = RowCaptions.Count == 0 ? 0 : RowCaptions.Max(caption => font.Measure(caption, TextSize).Width) + gap;
        float top = ColumnCaptions.Count == 0 ? 0 : captionHeight + gap;
        using SKBitmap sheet = PngPicture.Create(
            (int)MathF.Ceiling(left) + gap + (columns * (tileWidth + gap)),
            (int)MathF.Ceiling(top) + gap + (rows * (tileHeight + gap)));
        using var canvas = new SKCanvas(sheet);
        canvas.Translate(MathF.Ceiling(left) + gap, MathF.Ceiling(top) + gap);

        foreach ((int column, string caption) in ColumnCaptions.Index())
        {
            float middle = (column * (tileWidth + gap)) + (tileWidth / 2f) - (font.Measure(caption, TextSize).Width / 2);
            font.Draw(canvas, caption, new SKPoint(MathF.Round(middle), -top), TextSize, SKColors.Black);
        }
        foreach ((int row, string caption) in RowCaptions.Index())
        {
            float middle = (row * (tileHeight + gap)) + ((tileHeight - captionHeight) / 2);
            font.Draw(canvas, caption, new SKPoint(-left, MathF.Round(middle)), TextSize, SKColors.Black);
        }
        foreach (((int column, int row), SKBitmap tile) in _tiles)
        {
            canvas.DrawBitmap(tile, column * (tileWidth + gap), row * (tileHeight + gap));
        }
        PngPicture.Write(path, sheet);
    }

    /// <summary>Frees the tiles.</summary>
    public void Dispose()
    {
        foreach (SKBitmap tile in _tiles.Values)
        {
            tile.Dispose();
        }
        _tiles.Clear();
    }

    private void SetColours(int column, int row, SKColor[] colours, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, columns);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rows);
        if (width < 1 || colours.Length == 0 || colours.Length % width != 0)
        {
            throw new ArgumentException($"{colours.Length} pixels are no whole rows of {width}: give width times height pixels.");
        }
        using var image = new SKBitmap(width, colours.Length / width) { Pixels = colours };
        _tiles.Remove((column, row), out SKBitmap? previous);
        previous?.Dispose();
        _tiles.Add((column, row), Fit(image));
    }

    /// <summary>A tile with the image in its middle: enlarged so that its pixels stay visible, or reduced smoothly.</summary>
    private SKBitmap Fit(SKBitmap image)
    {
        float scale = MathF.Min((float)tileWidth / image.Width, (float)tileHeight / image.Height);
        var size = new SKSizeI(
            Math.Max(1, (int)MathF.Round(image.Width * scale)), Math.Max(1, (int)MathF.Round(image.Height * scale)));
        using SKBitmap scaled = image.Resize(size, scale > 1 ? SKFilterQuality.None : SKFilterQuality.High);
        SKBitmap tile = PngPicture.Create(tileWidth, tileHeight);
        using var canvas = new SKCanvas(tile);
        canvas.DrawBitmap(scaled, (tileWidth - size.Width) / 2, (tileHeight - size.Height) / 2);
        return tile;
    }
}

using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Shows a mask on top of its image: each class as a tint of its colour with an outline, the background as it was.
/// </summary>
public static class MaskOverlay
{
    /// <summary>The opacity of an overlay unless told otherwise.</summary>
    public const double DefaultOpacity = 0.5;

    /// <summary>
    /// Paints a mask over pixels, in place. A painted pixel becomes <c>image * (1 - opacity) + colour * opacity</c>, rounded; at
    /// opacity 0.5 a gray of 100 under the colour (255, 0, 0) gives (178, 50, 50). The outermost pixels of each region take the
    /// outline's colour instead, whatever the opacity. That is the class's colour halfway to white where it is dark, halfway to
    /// black where it is bright. Where two painted classes meet, the line is one pixel wide and in the left or upper one; the
    /// image's own edge is no outline. Alpha stays as it was.
    /// </summary>
    /// <param name="pixels">The image, four bytes a pixel, row by row without gaps: <c>4 * width * height</c> bytes.</param>
    /// <param name="order">The order of a pixel's bytes.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="mask">
    /// One key a pixel, row by row: 0 is no class and leaves the image unchanged, <c>k + 1</c> is class <c>k</c>.
    /// </param>
    /// <param name="palette">The colour of each class, such as <see cref="Palette.Voc"/>.</param>
    /// <param name="opacity">0 (outlines only) to 1 (colours only), by default <see cref="DefaultOpacity"/>.</param>
    /// <param name="background">
    /// The class that is left unpainted like key 0; -1 paints all. By default class 0 where its colour is black, else none.
    /// </param>
    /// <exception cref="ArgumentException">The pixels or the mask do not have the length of the width and height.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is negative, the opacity is outside 0 to 1, or a key has no colour in the palette; no pixel was changed then.
    /// </exception>
    public static void Draw(
        Span<byte> pixels, ChannelOrder order, int width, int height, ReadOnlySpan<uint> mask, IReadOnlyList<Rgb> palette,
        double opacity = DefaultOpacity, int? background = null)
    {
        CheckSizes(pixels.Length, width, height, mask.Length);
        if (!(opacity is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(opacity), opacity, "Expected an opacity from 0 (outlines only) to 1 (colours only).");
        }
        CheckKeys(mask, palette);

        uint backgroundKey = (uint)((background ?? (palette.Count > 0 && palette[0] == default ? 0 : -1)) + 1);
        int weight = (int)Math.Round(opacity * 256);
        Rgb[] tints = [.. palette], outlines = [.. palette.Select(Contrast)];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                uint key = mask[i];
                if (key == 0 || key == backgroundKey) continue;
                bool outline = (x + 1 < width && mask[i + 1] != key)
                    || (y + 1 < height && mask[i + width] != key)
                    || (x > 0 && IsUnpainted(mask[i - 1], backgroundKey))
                    || (y > 0 && IsUnpainted(mask[i - width], backgroundKey));
                Rgb colour = (outline ? outlines : tints)[key - 1];
                Blend(pixels.Slice(4 * i, 4), order, colour, outline ? 256 : weight);
            }
        }
    }

    /// <summary>A copy of an image with a mask on it.</summary>
    /// <param name="image">The image, of 32 bits a pixel. It stays as it is.</param>
    /// <param name="mask">
    /// As in <see cref="Draw(Span{byte}, ChannelOrder, int, int, ReadOnlySpan{uint}, IReadOnlyList{Rgb}, double, int?)"/>.
    /// </param>
    /// <param name="palette">The colour of each class, such as <see cref="Palette.Voc"/>.</param>
    /// <param name="opacity">0 (outlines only) to 1 (colours only), by default <see cref="DefaultOpacity"/>.</param>
    /// <param name="background">
    /// The class that is left unpainted like key 0; -1 paints all. By default class 0 where its colour is black, else none.
    /// </param>
    /// <returns>An image of the same pixel format, which the caller disposes of.</returns>
    /// <exception cref="ArgumentException">The image has another pixel format, or the mask another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The opacity is outside 0 to 1, or a key has no colour in the palette.
    /// </exception>
    public static MLImage Draw(
        MLImage image, ReadOnlySpan<uint> mask, IReadOnlyList<Rgb> palette, double opacity = DefaultOpacity,
        int? background = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.PixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
        {
            throw new ArgumentException(
                $"The image has the pixel format {image.PixelFormat}, expected Bgra32 or Rgba32.", nameof(image));
        }
        byte[] pixels = image.Pixels.ToArray();
        ChannelOrder order = image.PixelFormat == MLPixelFormat.Bgra32 ? ChannelOrder.Bgra : ChannelOrder.Rgba;
        Draw(pixels, order, image.Width, image.Height, mask, palette, opacity, background);
        return MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, pixels);
    }

    private static bool IsUnpainted(uint key, uint backgroundKey) => key == 0 || key == backgroundKey;

    /// <summary>The weight is in 256ths, so that 0 keeps the image exactly and 256 gives the colour exactly.</summary>
    private static void Blend(Span<byte> pixel, ChannelOrder order, Rgb colour, int weight)
    {
        int red = order == ChannelOrder.Rgba ? 0 : 2;
        pixel[red] = Mix(pixel[red], colour.R, weight);
        pixel[1] = Mix(pixel[1], colour.G, weight);
        pixel[2 - red] = Mix(pixel[2 - red], colour.B, weight);
    }

    private static byte Mix(byte under, byte over, int weight) => (byte)((under * (256 - weight) + over * weight + 128) >> 8);

    /// <summary>Halfway to white or to black, by luma (ITU-R BT.601).</summary>
    private static Rgb Contrast(Rgb colour)
    {
        bool dark = 299 * colour.R + 587 * colour.G + 114 * colour.B < 128 * 1000;
        byte target = dark ? byte.MaxValue : byte.MinValue;
        return new Rgb(Mix(colour.R, target, 128), Mix(colour.G, target, 128), Mix(colour.B, target, 128));
    }

    private static void CheckSizes(int bytes, int width, int height, int keys)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        long area = (long)width * height;
        if (bytes != 4 * area)
        {
            throw new ArgumentException(
                $"Received {bytes} bytes of pixels, expected 4 * {width} * {height} = {4 * area}.", "pixels");
        }
        MaskLength.CheckArea(keys, width, height);
    }

    private static void CheckKeys(ReadOnlySpan<uint> mask, IReadOnlyList<Rgb> palette)
    {
        int colours = palette.Count;
        foreach (uint key in mask)
        {
            if (key > colours)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(palette),
                    $"The mask has the key {key} (class {key - 1}), but the palette has {colours} colours: give one a class.");
            }
        }
    }
}

namespace MLSegmentation;

/// <summary>An image, its label and a prediction side by side, to see what a network has learnt.</summary>
/// <param name="Pixels">Red, green and blue of each pixel, row by row.</param>
/// <param name="Width">Width in pixels: three times the image's.</param>
/// <param name="Height">Height in pixels: the image's.</param>
internal sealed record MaskComparison(byte[] Pixels, int Width, int Height)
{
    private const int Panels = 3, RgbaBytes = 4, RgbBytes = 3;

    /// <summary>
    /// Draws the image as it is on the left, with its label over it in the middle, and with the prediction over it on the right,
    /// both as <see cref="MaskOverlay"/> paints them: a pixel without a class, and a black background, shows the image.
    /// </summary>
    /// <param name="pixels">Red, green and blue of each pixel in turn, or one gray value, row by row.</param>
    /// <param name="width">The image's width in pixels.</param>
    /// <param name="height">The image's height in pixels.</param>
    /// <param name="label">One key a pixel: 0 is no class, <c>k + 1</c> is class <c>k</c>.</param>
    /// <param name="prediction">The same of the prediction.</param>
    /// <param name="palette">The colour of each class.</param>
    /// <exception cref="ArgumentException">Pixels or keys do not have the length of the width and height.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A key has no colour in the palette.</exception>
    public static MaskComparison Draw(
        ReadOnlySpan<byte> pixels, int width, int height, ReadOnlySpan<uint> label, ReadOnlySpan<uint> prediction,
        IReadOnlyList<Rgb> palette)
    {
        int area = width * height;
        if (pixels.Length != area && pixels.Length != RgbBytes * area)
        {
            throw new ArgumentException(
                $"Received {pixels.Length} bytes of pixels, expected {width} * {height} = {area} gray values "
                + $"or {RgbBytes * area} of red, green and blue.",
                nameof(pixels));
        }
        byte[] image = ToRgba(pixels, area), labelled = [.. image], predicted = [.. image];
        MaskOverlay.Draw(labelled, ChannelOrder.Rgba, width, height, label, palette);
        MaskOverlay.Draw(predicted, ChannelOrder.Rgba, width, height, prediction, palette);

        var picture = new byte[Panels * RgbBytes * area];
        Place(image, picture, width, panel: 0);
        Place(labelled, picture, width, panel: 1);
        Place(predicted, picture, width, panel: 2);
        return new MaskComparison(picture, Panels * width, height);
    }

    private static byte[] ToRgba(ReadOnlySpan<byte> pixels, int area)
    {
        var rgba = new byte[RgbaBytes * area];
        bool isGray = pixels.Length == area;
        for (int i = 0; i < area; i++)
        {
            for (int channel = 0; channel < RgbBytes; channel++)
                rgba[RgbaBytes * i + channel] = isGray ? pixels[i] : pixels[RgbBytes * i + channel];
            rgba[RgbaBytes * i + RgbBytes] = byte.MaxValue;
        }
        return rgba;
    }

    private static void Place(byte[] rgba, byte[] picture, int width, int panel)
    {
        for (int i = 0; i < rgba.Length / RgbaBytes; i++)
        {
            int target = i / width * Panels * width + panel * width + i % width;
            rgba.AsSpan(RgbaBytes * i, RgbBytes).CopyTo(picture.AsSpan(RgbBytes * target));
        }
    }
}

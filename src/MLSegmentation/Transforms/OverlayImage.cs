using Microsoft.ML.Data;
using MLSegmentation.Masks;

namespace MLSegmentation.Transforms;

/// <summary>Draws masks on images of ML.NET.</summary>
internal static class OverlayImage
{
    /// <summary>A copy of the image with the mask on it (<see cref="MaskOverlay.Draw"/>).</summary>
    public static MLImage Draw(MLImage image, ReadOnlySpan<uint> keys, IReadOnlyList<Rgb> palette, double opacity, int? background = null)
    {
        byte[] pixels = image.Pixels.ToArray();
        ChannelOrder order = image.PixelFormat == MLPixelFormat.Bgra32 ? ChannelOrder.Bgra : ChannelOrder.Rgba;
        MaskOverlay.Draw(pixels, order, image.Width, image.Height, keys, palette, opacity, background);
        return MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, pixels);
    }
}

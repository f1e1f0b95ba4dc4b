using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Brings images into the form that networks take, and planes of scores back to the size of the image.</summary>
internal static class ImageTensor
{
    private const int RgbChannels = 3;

    /// <summary>
    /// Writes an image as planes of floats: resized (antialiased bilinear, as <see cref="ImageResizer.Resize"/>, not rounded),
    /// prepared, then padded on the right and at the bottom as in a mirror (0 1 2 3 | 2 1 0). All of it is one pass over the
    /// pixels.
    /// </summary>
    /// <param name="image">The image, of the geometry's image size.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="scaling">
    /// What becomes of values of 0 to 255. 3 channels are planes of colour, 4 have one of alpha too, 1 is one plane of luma,
    /// 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
    /// </param>
    /// <param name="destination">Receives [channels, tensor height, tensor width], row-major.</param>
    /// <exception cref="ArgumentException">
    /// The image has another size or pixel format, or the destination has another length.
    /// </exception>
    public static void Fill(MLImage image, ImageGeometry geometry, PixelScaling scaling, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(geometry);
        if (image.Width != geometry.ImageWidth || image.Height != geometry.ImageHeight)
        {
            throw new ArgumentException(
                $"The image is {image.Width}×{image.Height} pixels, "
                + $"expected {geometry.ImageWidth}×{geometry.ImageHeight}.", nameof(image));
        }
        if (image.PixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
        {
            throw new ArgumentException(
                $"The image has the pixel format {image.PixelFormat}, expected Bgra32 or Rgba32.", nameof(image));
        }
        Fill(image.Pixels, image.PixelFormat, geometry, scaling, destination);
    }

    /// <summary>Fills a tensor with the pixels of a decoded image, which may be smaller than the geometry's.</summary>
    internal static void Fill(DecodedImage image, ImageGeometry geometry, PixelScaling scaling, Span<float> destination) =>
        Fill(image.Pixels, image.Format, geometry.ForDecoded(image.Width, image.Height), scaling, destination);

    /// <summary>Fills a tensor with the pixels of an image, four bytes each, of the geometry's image size.</summary>
    internal static void Fill(
        ReadOnlySpan<byte> pixels, MLPixelFormat format, ImageGeometry geometry, PixelScaling scaling, Span<float> destination)
    {
        CheckTensor(destination.Length, geometry, scaling.Channels, nameof(destination));
        int redShift = format == MLPixelFormat.Bgra32 ? 16 : 0;
        if (geometry.IsResized)
            PixelResizer.Fill(pixels, geometry, scaling, redShift, destination);
        else
            FillAsIs(MemoryMarshal.Cast<byte, uint>(pixels), geometry, scaling, redShift, destination);
        for (int channel = 0; channel < scaling.Channels; channel++) Pad(Plane(destination, geometry, channel), geometry);
    }

    /// <summary>
    /// Brings a network's planes back to the image: each is cropped to the scaled size and resized to the size of the image's
    /// part, as <see cref="ImageResizer.Resize"/>. Where the geometry does not resize, the values are the network's own.
    /// </summary>
    /// <param name="tensor">[<paramref name="channels"/>, tensor height, tensor width], row-major.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="channels">The number of planes, at least 1.</param>
    /// <param name="destination">Receives [<paramref name="channels"/>, part height, part width], row-major.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public static void Restore(ReadOnlySpan<float> tensor, ImageGeometry geometry, int channels, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        CheckTensor(tensor.Length, geometry, channels, nameof(tensor));
        int size = geometry.PartWidth * geometry.PartHeight;
        if (destination.Length != (long)channels * size)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} values, expected {channels} × {geometry.PartHeight} "
                + $"× {geometry.PartWidth}.",
                nameof(destination));
        }
        var axes = ResizeAxes.For(geometry.ScaledWidth, geometry.ScaledHeight, geometry.PartWidth, geometry.PartHeight);
        int plane = geometry.TensorWidth * geometry.TensorHeight;
        for (int channel = 0; channel < channels; channel++)
        {
            ImageResizer.ResizePart(
                tensor.Slice(channel * plane, plane), geometry.TensorWidth, axes, destination.Slice(channel * size, size));
        }
    }

    /// <summary>The pixels of planes of 0 to 255, rounded, in red, green, blue and full alpha; one plane becomes gray.</summary>
    /// <param name="planes">[<paramref name="channels"/>, height, width], row-major.</param>
    /// <param name="channels">1, 3 or 4; alpha is left out.</param>
    internal static byte[] ToRgba(ReadOnlySpan<float> planes, int channels)
    {
        int area = planes.Length / channels;
        var pixels = new byte[4 * area];
        for (int i = 0; i < area; i++)
        {
            for (int channel = 0; channel < RgbChannels; channel++)
            {
                float value = MathF.Round(planes[channel % channels * area + i]);
                pixels[4 * i + channel] = (byte)Math.Clamp(value, byte.MinValue, byte.MaxValue);
            }
            pixels[4 * i + 3] = byte.MaxValue;
        }
        return pixels;
    }

    /// <summary>The luma of a colour (ITU-R BT.601), in the range of its channels.</summary>
    internal static float Luma(float red, float green, float blue) => (0.299f * red) + (0.587f * green) + (0.114f * blue);

    private static void FillAsIs(
        ReadOnlySpan<uint> pixels, ImageGeometry geometry, PixelScaling scaling, int redShift, Span<float> destination)
    {
        int width = geometry.PartWidth;
        for (int y = 0; y < geometry.PartHeight; y++)
        {
            ReadOnlySpan<uint> row = pixels.Slice((geometry.PartTop + y) * geometry.ImageWidth + geometry.PartLeft, width);
            int at = y * geometry.TensorWidth;
            if (scaling.Channels == 1)
            {
                FillLuma(row, redShift, scaling.Factors[0], scaling.Offsets[0], destination.Slice(at, width));
                continue;
            }
            for (int channel = 0; channel < scaling.Channels; channel++)
            {
                Extract(
                    row, scaling.ShiftOf(channel, redShift), scaling.Factors[channel], scaling.Offsets[channel],
                    Plane(destination, geometry, channel).Slice(at, width));
            }
        }
    }

    private static void FillLuma(ReadOnlySpan<uint> pixels, int redShift, float factor, float offset, Span<float> values)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            uint pixel = pixels[x];
            values[x] = (Luma((byte)(pixel >> redShift), (byte)(pixel >> 8), (byte)(pixel >> (16 - redShift))) * factor) + offset;
        }
    }

    private static void Extract(ReadOnlySpan<uint> pixels, int shift, float factor, float offset, Span<float> values)
    {
        int x = 0;
        Vector<float> factors = new(factor), offsets = new(offset);
        for (; x <= pixels.Length - Vector<uint>.Count; x += Vector<uint>.Count)
        {
            Vector<uint> bytes = (new Vector<uint>(pixels[x..]) >> shift) & new Vector<uint>(byte.MaxValue);
            ((Vector.ConvertToSingle(Vector.AsVectorInt32(bytes)) * factors) + offsets).CopyTo(values[x..]);
        }
        for (; x < pixels.Length; x++) values[x] = ((byte)(pixels[x] >> shift) * factor) + offset;
    }

    private static void Pad(Span<float> plane, ImageGeometry geometry)
    {
        int width = geometry.TensorWidth;
        for (int y = 0; y < geometry.ScaledHeight; y++)
        {
            Span<float> row = plane.Slice(y * width, width);
            for (int x = geometry.ScaledWidth; x < width; x++) row[x] = row[Mirror.Index(x, geometry.ScaledWidth)];
        }
        for (int y = geometry.ScaledHeight; y < geometry.TensorHeight; y++)
            plane.Slice(Mirror.Index(y, geometry.ScaledHeight) * width, width).CopyTo(plane.Slice(y * width, width));
    }

    private static Span<float> Plane(Span<float> tensor, ImageGeometry geometry, int channel)
    {
        int size = geometry.TensorWidth * geometry.TensorHeight;
        return tensor.Slice(channel * size, size);
    }

    private static void CheckTensor(int length, ImageGeometry geometry, int channels, string name)
    {
        if (length != (long)channels * geometry.TensorHeight * geometry.TensorWidth)
        {
            throw new ArgumentException(
                $"The {name} has {length} values, expected {channels} × {geometry.TensorHeight} × {geometry.TensorWidth}.", name);
        }
    }
}

using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Data;

namespace MLSegmentation.Images;

/// <summary>Brings images into the form that networks take, and planes of scores back to the size of the image.</summary>
public static class ImageTensor
{
    private const int RgbChannels = 3;
    private const int BytesPerPixel = 4;
    private const float LumaRed = 0.299f;
    private const float LumaGreen = 0.587f;
    private const float LumaBlue = 0.114f;

    /// <summary>
    /// Writes an image as planes of floats 0 to 255: resized (antialiased bilinear, as <see cref="ImageResizer.Resize"/>, not
    /// rounded), then padded on the right and at the bottom by repeating its last column and row. Alpha is passed over. Where the
    /// geometry does not resize, the values are the image's own.
    /// </summary>
    /// <param name="image">The image, of the geometry's image size.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="channels">
    /// 3: planes of red, green and blue. 1: one plane of luma, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
    /// </param>
    /// <param name="destination">Receives [<paramref name="channels"/>, tensor height, tensor width], row-major.</param>
    /// <exception cref="ArgumentException">
    /// The image has another size or pixel format, the channels are neither 1 nor 3, or the destination has another length.
    /// </exception>
    public static void Fill(MLImage image, ImageGeometry geometry, int channels, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(geometry);
        if (image.Width != geometry.ImageWidth || image.Height != geometry.ImageHeight)
        {
            throw new ArgumentException(
                $"The image is {image.Width}×{image.Height} pixels, expected {geometry.ImageWidth}×{geometry.ImageHeight}.", nameof(image));
        }
        if (image.PixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32))
            throw new ArgumentException($"The image has the pixel format {image.PixelFormat}, expected Bgra32 or Rgba32.", nameof(image));
        CheckTensor(destination.Length, geometry, channels, nameof(destination));
        if (channels is not (1 or RgbChannels))
            throw new ArgumentException($"The network takes {channels} channels, expected 1 (luma) or 3 (RGB).", nameof(channels));

        int redShift = image.PixelFormat == MLPixelFormat.Bgra32 ? 16 : 0;
        if (geometry.IsResized)
            FillResized(image.Pixels, geometry, channels, redShift, destination);
        else
            FillAsIs(MemoryMarshal.Cast<byte, uint>(image.Pixels), geometry, channels, redShift, destination);
        for (int channel = 0; channel < channels; channel++) Pad(Plane(destination, geometry, channel), geometry);
    }

    /// <summary>
    /// Brings a network's planes back to the image: each is cropped to the scaled size and resized to the image's, as
    /// <see cref="ImageResizer.Resize"/>. Where the geometry does not resize, the values are the network's own.
    /// </summary>
    /// <param name="tensor">[<paramref name="channels"/>, tensor height, tensor width], row-major.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="channels">The number of planes, at least 1.</param>
    /// <param name="destination">Receives [<paramref name="channels"/>, image height, image width], row-major.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public static void Restore(ReadOnlySpan<float> tensor, ImageGeometry geometry, int channels, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        CheckTensor(tensor.Length, geometry, channels, nameof(tensor));
        int size = geometry.ImageWidth * geometry.ImageHeight;
        if (destination.Length != (long)channels * size)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} values, expected {channels} × {geometry.ImageHeight} × {geometry.ImageWidth}.",
                nameof(destination));
        }
        var axes = new ResizeAxes(geometry.ScaledWidth, geometry.ScaledHeight, geometry.ImageWidth, geometry.ImageHeight);
        int plane = geometry.TensorWidth * geometry.TensorHeight;
        for (int channel = 0; channel < channels; channel++)
            ImageResizer.ResizePart(tensor.Slice(channel * plane, plane), geometry.TensorWidth, axes, destination.Slice(channel * size, size));
    }

    private static void FillAsIs(ReadOnlySpan<uint> pixels, ImageGeometry geometry, int channels, int redShift, Span<float> destination)
    {
        int width = geometry.ImageWidth;
        for (int y = 0; y < geometry.ImageHeight; y++)
        {
            ReadOnlySpan<uint> row = pixels.Slice(y * width, width);
            int at = y * geometry.TensorWidth;
            if (channels == 1)
            {
                Span<float> luma = destination.Slice(at, width);
                for (int x = 0; x < row.Length; x++)
                {
                    uint pixel = row[x];
                    luma[x] = (LumaRed * (byte)(pixel >> redShift)) + (LumaGreen * (byte)(pixel >> 8)) + (LumaBlue * (byte)(pixel >> (16 - redShift)));
                }
                continue;
            }
            for (int channel = 0; channel < RgbChannels; channel++)
            {
                int shift = channel switch { 0 => redShift, 1 => 8, _ => 16 - redShift };
                Extract(row, shift, Plane(destination, geometry, channel).Slice(at, width));
            }
        }
    }

    private static void Extract(ReadOnlySpan<uint> pixels, int shift, Span<float> values)
    {
        int x = 0;
        for (; x <= pixels.Length - Vector<uint>.Count; x += Vector<uint>.Count)
        {
            Vector<uint> bytes = (new Vector<uint>(pixels[x..]) >> shift) & new Vector<uint>(byte.MaxValue);
            Vector.ConvertToSingle(Vector.AsVectorInt32(bytes)).CopyTo(values[x..]);
        }
        for (; x < pixels.Length; x++) values[x] = (byte)(pixels[x] >> shift);
    }

    /// <summary>
    /// Row by row, vertical pass first: it runs over the interleaved bytes as they lie, and in the horizontal pass one pixel's four
    /// channels are one vector.
    /// </summary>
    private static void FillResized(ReadOnlySpan<byte> pixels, ImageGeometry geometry, int channels, int redShift, Span<float> destination)
    {
        int stride = geometry.ImageWidth * BytesPerPixel;
        var axes = new ResizeAxes(geometry.ImageWidth, geometry.ImageHeight, geometry.ScaledWidth, geometry.ScaledHeight);
        float[] buffer = ArrayPool<float>.Shared.Rent(stride);
        try
        {
            Span<float> mixed = buffer.AsSpan(0, stride);
            for (int y = 0; y < geometry.ScaledHeight; y++)
            {
                int first = axes.Vertical?.First(y) ?? y;
                ReadOnlySpan<float> taps = axes.Vertical is null ? [1f] : axes.Vertical.Of(y);
                MixRows(pixels.Slice(first * stride, taps.Length * stride), taps, mixed);
                ResizeRow(MemoryMarshal.Cast<float, Vector128<float>>(mixed), axes.Horizontal, geometry, channels, redShift, y, destination);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static void MixRows(ReadOnlySpan<byte> rows, ReadOnlySpan<float> taps, Span<float> mixed)
    {
        int x = 0;
        for (; x <= mixed.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                Vector.Widen(new Vector<byte>(rows[((tap * mixed.Length) + x)..]), out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low, out Vector<uint> lowest, out Vector<uint> lower);
                Vector.Widen(high, out Vector<uint> higher, out Vector<uint> highest);
                var weight = new Vector<float>(taps[tap]);
                a += Vector.ConvertToSingle(Vector.AsVectorInt32(lowest)) * weight;
                b += Vector.ConvertToSingle(Vector.AsVectorInt32(lower)) * weight;
                c += Vector.ConvertToSingle(Vector.AsVectorInt32(higher)) * weight;
                d += Vector.ConvertToSingle(Vector.AsVectorInt32(highest)) * weight;
            }
            int count = Vector<float>.Count;
            a.CopyTo(mixed[x..]);
            b.CopyTo(mixed[(x + count)..]);
            c.CopyTo(mixed[(x + (2 * count))..]);
            d.CopyTo(mixed[(x + (3 * count))..]);
        }
        for (; x < mixed.Length; x++)
        {
            float sum = 0;
            for (int tap = 0; tap < taps.Length; tap++) sum += taps[tap] * rows[(tap * mixed.Length) + x];
            mixed[x] = sum;
        }
    }

    private static void ResizeRow(
        ReadOnlySpan<Vector128<float>> row, ResizeWeights? weights, ImageGeometry geometry, int channels, int redShift, int y,
        Span<float> destination)
    {
        int plane = geometry.TensorWidth * geometry.TensorHeight;
        int red = redShift / 8;
        int at = y * geometry.TensorWidth;
        for (int x = 0; x < geometry.ScaledWidth; x++, at++)
        {
            Vector128<float> sum = weights is null ? row[x] : default;
            if (weights is not null)
            {
                ReadOnlySpan<float> taps = weights.Of(x);
                ReadOnlySpan<Vector128<float>> values = row.Slice(weights.First(x), taps.Length);
                for (int tap = 0; tap < taps.Length; tap++) sum += values[tap] * taps[tap];
            }
            if (channels == 1)
            {
                destination[at] = (LumaRed * sum[red]) + (LumaGreen * sum[1]) + (LumaBlue * sum[2 - red]);
                continue;
            }
            destination[at] = sum[red];
            destination[at + plane] = sum[1];
            destination[at + (2 * plane)] = sum[2 - red];
        }
    }

    private static void Pad(Span<float> plane, ImageGeometry geometry)
    {
        int width = geometry.TensorWidth;
        for (int y = 0; y < geometry.ScaledHeight; y++)
        {
            Span<float> row = plane.Slice(y * width, width);
            row[geometry.ScaledWidth..].Fill(row[geometry.ScaledWidth - 1]);
        }
        ReadOnlySpan<float> last = plane.Slice((geometry.ScaledHeight - 1) * width, width);
        for (int y = geometry.ScaledHeight; y < geometry.TensorHeight; y++) last.CopyTo(plane.Slice(y * width, width));
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

using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLSegmentation;

/// <summary>
/// Resizes the interleaved bytes of an image into planes of floats. It goes row by row, vertical pass first: that one runs over
/// the bytes as they lie, and in the horizontal one a pixel's four channels are one vector.
/// </summary>
internal static class PixelResizer
{
    private const int BytesPerPixel = 4;

    /// <summary>
    /// Resizes the part of the image that is seen into the top left of the destination's planes, without padding.
    /// </summary>
    /// <param name="pixels">The image's bytes, four a pixel.</param>
    /// <param name="geometry">The sizes.</param>
    /// <param name="scaling">What becomes of the resized values, which are 0 to 255.</param>
    /// <param name="redShift">How far red lies from a pixel's lowest bit: 0 (RGBA) or 16 (BGRA).</param>
    /// <param name="destination">[channels, tensor height, tensor width].</param>
    public static void Fill(
        ReadOnlySpan<byte> pixels, ImageGeometry geometry, PixelScaling scaling, int redShift, Span<float> destination)
    {
        int stride = geometry.ImageWidth * BytesPerPixel, left = geometry.PartLeft * BytesPerPixel,
            length = geometry.PartWidth * BytesPerPixel;
        var axes = ResizeAxes.For(geometry.PartWidth, geometry.PartHeight, geometry.ScaledWidth, geometry.ScaledHeight);
        float[] buffer = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Span<float> mixed = buffer.AsSpan(0, length);
            for (int y = 0; y < geometry.ScaledHeight; y++)
            {
                int first = geometry.PartTop + (axes.Vertical?.First(y) ?? y);
                ReadOnlySpan<float> taps = axes.Vertical is null ? [1f] : axes.Vertical.Of(y);
                MixRows(pixels[(first * stride + left)..], stride, taps, mixed);
                ResizeRow(MemoryMarshal.Cast<float, Vector128<float>>(mixed), axes.Horizontal, geometry, scaling, redShift,
                    y, destination);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static void MixRows(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> taps, Span<float> mixed)
    {
        int x = 0;
        for (; x <= mixed.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            for (int tap = 0; tap < taps.Length; tap++)
            {
                Vector.Widen(new Vector<byte>(rows[((tap * stride) + x)..]), out Vector<ushort> low, out Vector<ushort> high);
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
            for (int tap = 0; tap < taps.Length; tap++) sum += taps[tap] * rows[(tap * stride) + x];
            mixed[x] = sum;
        }
    }

    private static void ResizeRow(
        ReadOnlySpan<Vector128<float>> row, ResizeWeights? weights, ImageGeometry geometry, PixelScaling scaling, int redShift,
        int y, Span<float> destination)
    {
        int plane = geometry.TensorWidth * geometry.TensorHeight, channels = scaling.Channels, red = redShift / 8;
        (Vector128<float> factors, Vector128<float> offsets) = (scaling.Factors, scaling.Offsets);
        bool isReversed = scaling.ShiftOf(0, redShift) != 0;
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
                destination[at] = (ImageTensor.Luma(sum[red], sum[1], sum[2 - red]) * factors[0]) + offsets[0];
                continue;
            }
            if (isReversed) sum = Vector128.Shuffle(sum, Vector128.Create(2, 1, 0, 3));
            sum = (sum * factors) + offsets;
            destination[at] = sum[0];
            destination[at + plane] = sum[1];
            destination[at + (2 * plane)] = sum[2];
            if (channels > 3) destination[at + (3 * plane)] = sum[3];
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace MLSegmentation.Training;

/// <summary>
/// A Gaussian blur, first along rows and then along columns, mirrored at the edges. Weights are 256ths that sum to one, so that a
/// plain area stays as it is.
/// </summary>
internal static class GaussianBlur
{
    private const int One = 256;
    private const double Reach = 3;

    /// <summary>Changes an image in place.</summary>
    /// <param name="image">[height, width, channels].</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Values of a pixel.</param>
    /// <param name="deviation">The standard deviation in pixels, at least 0.</param>
    public static void Apply(Span<byte> image, int width, int channels, double deviation)
    {
        ushort[] weights = Weights(deviation);
        int radius = weights.Length / 2, stride = width * channels, height = image.Length / stride;
        if (radius == 0) return;
        var offsets = new int[weights.Length];
        for (int i = 0; i < offsets.Length; i++) offsets[i] = i * channels;
        var padded = new byte[stride + 2 * radius * channels];
        byte[] blurred = GC.AllocateUninitializedArray<byte>(image.Length);
        for (int y = 0; y < height; y++)
        {
            Pad(image.Slice(y * stride, stride), radius, channels, padded);
            Sum(padded, offsets, weights, blurred.AsSpan(y * stride, stride));
        }
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < offsets.Length; i++) offsets[i] = Mirror.Index(y + i - radius, height) * stride;
            Sum(blurred, offsets, weights, image.Slice(y * stride, stride));
        }
    }

    /// <summary>The weights of a pixel's neighbours, as far as three deviations: 256ths that sum to 256.</summary>
    public static ushort[] Weights(double deviation)
    {
        int radius = (int)Math.Ceiling(Reach * deviation);
        double[] bell = [.. Enumerable.Range(-radius, 2 * radius + 1)
            .Select(i => i == 0 ? 1 : Math.Exp(-i * i / (2 * deviation * deviation)))];
        double sum = bell.Sum();
        ushort[] weights = [.. bell.Select(value => (ushort)Math.Round(One * value / sum))];
        weights[radius] += (ushort)(One - weights.Sum(weight => weight));
        return weights;
    }

    private static void Pad(ReadOnlySpan<byte> row, int radius, int channels, Span<byte> padded)
    {
        int width = row.Length / channels;
        row.CopyTo(padded[(radius * channels)..]);
        for (int i = 1; i <= radius; i++)
        {
            row.Slice(Mirror.Index(-i, width) * channels, channels).CopyTo(padded[((radius - i) * channels)..]);
            row.Slice(Mirror.Index(width - 1 + i, width) * channels, channels)
                .CopyTo(padded[((radius + width - 1 + i) * channels)..]);
        }
    }

    /// <summary>Each value is the weighted sum of those that lie so far behind its place.</summary>
    private static void Sum(ReadOnlySpan<byte> source, int[] offsets, ushort[] weights, Span<byte> target)
    {
        ref byte start = ref MemoryMarshal.GetReference(source);
        ref byte end = ref MemoryMarshal.GetReference(target);
        int i = 0;
        for (; i + Vector<byte>.Count <= target.Length; i += Vector<byte>.Count)
        {
            Vector<ushort> low = new(One / 2), high = low;
            for (int k = 0; k < offsets.Length; k++)
            {
                Vector.Widen(Vector.LoadUnsafe(ref start, (nuint)(offsets[k] + i)), out var valuesLow, out var valuesHigh);
                low += valuesLow * weights[k];
                high += valuesHigh * weights[k];
            }
            Vector.Narrow(low >>> 8, high >>> 8).StoreUnsafe(ref end, (nuint)i);
        }
        for (; i < target.Length; i++)
        {
            int sum = One / 2;
            for (int k = 0; k < offsets.Length; k++) sum += source[offsets[k] + i] * weights[k];
            target[i] = (byte)(sum / One);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLSegmentation.Training;

/// <summary>
/// Cuts a view whose axes are those of the sample: images bilinear, labels nearest. A row of the view is first mixed of two rows
/// of the sample, which is the same for all its columns, and then of two columns for each pixel.
/// </summary>
internal static class StraightView
{
    private const int Four = 4;
    private static readonly Vector128<byte> _withoutFourths =
        Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);

    /// <summary>Writes the pixels.</summary>
    /// <param name="sample">The image.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="colours">The change of colours.</param>
    /// <param name="image">Receives [rows, columns, channels].</param>
    public static void WriteImage(
        TrainingSample sample, AxisTaps columns, AxisTaps rows, in ColourChange colours, Span<byte> image)
    {
        int channels = sample.Channels, stride = sample.Width * channels, width = columns.Before.Length;
        int first = columns.Before.Min() * channels,
            count = Math.Min((columns.Before.Max() + 2) * channels, stride) - first;
        int[] places = [.. columns.Before.Select(column => column * channels - first)];
        // The last column has no neighbour, and a pixel is read as four values.
        var line = new float[count + channels + Four];
        for (int y = 0; y < rows.Before.Length; y++)
        {
            int above = rows.Before[y], below = Math.Min(above + 1, sample.Height - 1);
            Mix(sample.Pixels.AsSpan(above * stride + first, count), sample.Pixels.AsSpan(below * stride + first, count),
                rows.Weights[y], line);
            Span<byte> row = image.Slice(y * width * channels, width * channels);
            if (channels == 3) MixColours(line, places, columns.Weights, colours, row);
            else MixValues(line, places, columns.Weights, channels, colours, row);
        }
    }

    /// <summary>Writes the labels; what lies outside the sample is ignored.</summary>
    /// <param name="sample">The labels.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="rows">Their rows.</param>
    /// <param name="labels">Receives [rows, columns].</param>
    public static void WriteLabels(TrainingSample sample, AxisTaps columns, AxisTaps rows, Span<byte> labels)
    {
        int width = columns.Nearest.Length;
        int left = Array.FindIndex(columns.Nearest, column => column != AxisTaps.Outside),
            right = Array.FindLastIndex(columns.Nearest, column => column != AxisTaps.Outside) + 1;
        for (int y = 0; y < rows.Nearest.Length; y++)
        {
            Span<byte> line = labels.Slice(y * width, width);
            if (rows.Nearest[y] == AxisTaps.Outside || right == 0)
            {
                line.Fill(TrainingSample.Ignored);
                continue;
            }
            line[..left].Fill(TrainingSample.Ignored);
            ref byte source = ref sample.Labels[rows.Nearest[y] * sample.Width];
            for (int x = left; x < right; x++) line[x] = Unsafe.Add(ref source, columns.Nearest[x]);
            line[right..].Fill(TrainingSample.Ignored);
        }
    }

    private static void Mix(ReadOnlySpan<byte> above, ReadOnlySpan<byte> below, float weight, Span<float> line)
    {
        var weights = new Vector<float>(weight);
        int step = Vector<byte>.Count, quarter = Vector<float>.Count, i = 0;
        for (; i + step <= above.Length; i += step)
        {
            Vector.Widen(new Vector<byte>(above[i..]), out var aboveLow, out var aboveHigh);
            Vector.Widen(new Vector<byte>(below[i..]), out var belowLow, out var belowHigh);
            Mix(aboveLow, belowLow, weights, line[i..]);
            Mix(aboveHigh, belowHigh, weights, line[(i + 2 * quarter)..]);
        }
        for (; i < above.Length; i++) line[i] = above[i] + (below[i] - above[i]) * weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(Vector<ushort> above, Vector<ushort> below, Vector<float> weights, Span<float> line)
    {
        Vector.Widen(above, out var aboveLow, out var aboveHigh);
        Vector.Widen(below, out var belowLow, out var belowHigh);
        Mix(aboveLow, belowLow, weights).CopyTo(line);
        Mix(aboveHigh, belowHigh, weights).CopyTo(line[Vector<float>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Mix(Vector<uint> above, Vector<uint> below, Vector<float> weights)
    {
        Vector<float> start = Vector.ConvertToSingle(Vector.AsVectorInt32(above));
        return Vector.MultiplyAddEstimate(Vector.ConvertToSingle(Vector.AsVectorInt32(below)) - start, weights, start);
    }

    private static void MixColours(float[] line, int[] places, float[] weights, in ColourChange colours, Span<byte> row)
    {
        ref float start = ref MemoryMarshal.GetArrayDataReference(line);
        ref byte end = ref MemoryMarshal.GetReference(row);
        int width = places.Length, x = 0;
        // Sixteen bytes are written for four pixels: the four too many are overwritten by the next two pixels.
        for (; x + Four + 2 <= width; x += Four)
        {
            var first = Vector128.Narrow(
                Pixel(ref start, places[x], weights[x], colours), Pixel(ref start, places[x + 1], weights[x + 1], colours));
            var second = Vector128.Narrow(
                Pixel(ref start, places[x + 2], weights[x + 2], colours),
                Pixel(ref start, places[x + 3], weights[x + 3], colours));
            Vector128.Shuffle(Vector128.Narrow(first, second).AsByte(), _withoutFourths).StoreUnsafe(ref end, (nuint)(3 * x));
        }
        for (; x < width; x++)
        {
            Vector128<int> pixel = Pixel(ref start, places[x], weights[x], colours);
            for (int channel = 0; channel < 3; channel++) row[3 * x + channel] = (byte)pixel[channel];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pixel(ref float line, int place, float weight, in ColourChange colours)
    {
        Vector128<float> left = Vector128.LoadUnsafe(ref line, (nuint)place),
            right = Vector128.LoadUnsafe(ref line, (nuint)(place + 3));
        return colours.Of(Vector128.MultiplyAddEstimate(right - left, Vector128.Create(weight), left));
    }

    private static void MixValues(
        float[] line, int[] places, float[] weights, int channels, in ColourChange colours, Span<byte> row)
    {
        for (int x = 0; x < places.Length; x++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int place = places[x] + channel;
                float value = line[place] + (line[place + channels] - line[place]) * weights[x];
                row[x * channels + channel] = colours.Of(value);
            }
        }
    }
}

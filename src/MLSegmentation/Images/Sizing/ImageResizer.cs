using System.Buffers;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Resizes planes of numbers: scores with an antialiased bilinear filter, labels by the nearest neighbour.</summary>
internal static class ImageResizer
{
    /// <summary>
    /// Resizes one plane with half-pixel centres and a triangle filter that grows with the downscale factor; upscaling is
    /// ordinary bilinear. Equal to Pillow's <c>Image.BILINEAR</c> on floats and torch's <c>interpolate(mode="bilinear",
    /// antialias=True)</c>. Halving the row (0, 2, 4, 6) gives (10/7, 32/7). Where the sizes are equal, values are copied as they
    /// are.
    /// </summary>
    /// <param name="source">Row-major, <paramref name="width"/> × <paramref name="height"/> values.</param>
    /// <param name="width">The source's width, at least 1.</param>
    /// <param name="height">The source's height, at least 1.</param>
    /// <param name="destination">Row-major, receives the destination's width × height values.</param>
    /// <param name="destinationWidth">The destination's width, at least 1.</param>
    /// <param name="destinationHeight">The destination's height, at least 1.</param>
    /// <exception cref="ArgumentException">A span's length differs from width × height.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public static void Resize(
        ReadOnlySpan<float> source, int width, int height, Span<float> destination, int destinationWidth, int destinationHeight)
    {
        CheckSize(source.Length, width, height, nameof(source));
        CheckSize(destination.Length, destinationWidth, destinationHeight, nameof(destination));
        var axes = ResizeAxes.For(width, height, destinationWidth, destinationHeight);
        ResizePart(source, width, axes, destination);
    }

    /// <summary>Resizes the top left part of a plane whose rows lie <paramref name="stride"/> values apart.</summary>
    internal static void ResizePart(ReadOnlySpan<float> source, int stride, ResizeAxes axes, Span<float> destination)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(axes.SourceHeight * axes.Width);
        try
        {
            Span<float> narrowed = buffer.AsSpan(0, axes.SourceHeight * axes.Width);
            for (int y = 0; y < axes.SourceHeight; y++)
            {
                ResizeRow(
                    source.Slice(y * stride, axes.SourceWidth), axes.Horizontal, narrowed.Slice(y * axes.Width, axes.Width));
            }
            for (int y = 0; y < axes.Height; y++)
                MixRows(narrowed, axes.Width, axes.Vertical, y, destination.Slice(y * axes.Width, axes.Width));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Resizes a plane of labels: position i takes the value at floor((i + 0.5) · source / destination), so no value arises that
    /// was not there. The row (1, 2, 3) to 2 gives (1, 3).
    /// </summary>
    /// <typeparam name="T">The type of a label.</typeparam>
    /// <param name="source">Row-major, <paramref name="width"/> × <paramref name="height"/> values.</param>
    /// <param name="width">The source's width, at least 1.</param>
    /// <param name="height">The source's height, at least 1.</param>
    /// <param name="destination">Row-major, receives the destination's width × height values.</param>
    /// <param name="destinationWidth">The destination's width, at least 1.</param>
    /// <param name="destinationHeight">The destination's height, at least 1.</param>
    /// <exception cref="ArgumentException">A span's length differs from width × height.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public static void ResizeNearest<T>(
        ReadOnlySpan<T> source, int width, int height, Span<T> destination, int destinationWidth, int destinationHeight)
    {
        CheckSize(source.Length, width, height, nameof(source));
        CheckSize(destination.Length, destinationWidth, destinationHeight, nameof(destination));
        var columns = new int[destinationWidth];
        for (int x = 0; x < destinationWidth; x++) columns[x] = Nearest(x, width, destinationWidth);
        for (int y = 0; y < destinationHeight; y++)
        {
            ReadOnlySpan<T> from = source.Slice(Nearest(y, height, destinationHeight) * width, width);
            Span<T> to = destination.Slice(y * destinationWidth, destinationWidth);
            for (int x = 0; x < to.Length; x++) to[x] = from[columns[x]];
        }
    }

    // (i + 0.5) · source / destination in whole numbers, so that no rounding moves a pixel.
    internal static int Nearest(int index, int source, int destination) =>
        (int)(((2L * index) + 1) * source / (2L * destination));

    /// <summary>Resizes a row, or as much of it as the destination has room for.</summary>
    internal static void ResizeRow(ReadOnlySpan<float> source, ResizeWeights? weights, Span<float> destination)
    {
        if (weights is null)
        {
            source[..destination.Length].CopyTo(destination);
            return;
        }
        for (int x = 0; x < destination.Length; x++)
        {
            ReadOnlySpan<float> taps = weights.Of(x);
            ReadOnlySpan<float> values = source.Slice(weights.First(x), taps.Length);
            float sum = 0;
            for (int tap = 0; tap < taps.Length; tap++) sum += taps[tap] * values[tap];
            destination[x] = sum;
        }
    }

    private static void MixRows(ReadOnlySpan<float> rows, int width, ResizeWeights? weights, int y, Span<float> destination)
    {
        if (weights is null)
        {
            rows.Slice(y * width, width).CopyTo(destination);
            return;
        }
        int first = weights.First(y);
        ReadOnlySpan<float> taps = weights.Of(y);
        TensorPrimitives.Multiply(rows.Slice(first * width, width), taps[0], destination);
        for (int tap = 1; tap < taps.Length; tap++)
            TensorPrimitives.MultiplyAdd(rows.Slice((first + tap) * width, width), taps[tap], destination, destination);
    }

    private static void CheckSize(int length, int width, int height, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (length != (long)width * height)
        {
            throw new ArgumentException(
                $"The {name} has {length} values, expected {width} × {height} = {(long)width * height}.", name);
        }
    }
}

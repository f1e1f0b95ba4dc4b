using System.Numerics;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Brings the numbers of an answer to planes of floats.</summary>
internal static class ScorePlanes
{
    // Numbers that the processor's cache holds; more pixels at once are no faster.
    private const int MostNumbers = 1 << 16, MostPixels = 256;

    /// <summary>Brings planes of numbers of another type to floats.</summary>
    /// <param name="values">[C,H,W].</param>
    /// <param name="planes">Receives [C,H,W].</param>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    public static void FromPlanes<T>(ReadOnlySpan<T> values, Span<float> planes)
        where T : unmanaged, INumberBase<T> => TensorPrimitives.ConvertTruncating(values, planes);

    /// <summary>Brings the channels of each pixel apart.</summary>
    /// <param name="values">[H,W,C].</param>
    /// <param name="channels">C.</param>
    /// <param name="planes">Receives [C,H,W].</param>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    public static void FromPixels<T>(ReadOnlySpan<T> values, int channels, Span<float> planes)
        where T : unmanaged, INumberBase<T>
    {
        int pixels = planes.Length / channels;
        int most = Math.Min(Math.Clamp(MostNumbers / channels, 1, MostPixels), pixels);
        var converted = new float[most * channels];
        for (int first = 0; first < pixels; first += most)
        {
            int count = Math.Min(most, pixels - first);
            Span<float> piece = converted.AsSpan(0, count * channels);
            FromPlanes(values.Slice(first * channels, piece.Length), piece);
            for (int index = 0; index < channels; index++)
            {
                Span<float> plane = planes.Slice(index * pixels + first, count);
                for (int x = 0, at = index; x < plane.Length; x++, at += channels) plane[x] = piece[at];
            }
        }
    }
}

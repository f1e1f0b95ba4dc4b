using System.Numerics;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Brings the numbers of an answer to planes of floats.</summary>
internal static class ScorePlanes
{
    // Pixels that the processor's cache holds with their channels.
    private const int Piece = 256;

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
        var converted = new float[Piece * channels];
        for (int first = 0; first < pixels; first += Piece)
        {
            int count = Math.Min(Piece, pixels - first);
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

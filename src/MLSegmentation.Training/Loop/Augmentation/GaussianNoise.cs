using System.Numerics;

namespace MLSegmentation.Training;

/// <summary>
/// Normally distributed noise of every value. The numbers are drawn once: an image takes pieces of them from random places, which
/// is much faster than to draw each.
/// </summary>
internal static class GaussianNoise
{
    private const int Drawn = 1 << 16, Piece = 1 << 12;
    private static readonly float[] _numbers = Draw();

    /// <summary>Changes an image in place.</summary>
    /// <param name="image">Any values.</param>
    /// <param name="deviation">The standard deviation, on the scale of 0 to 255.</param>
    /// <param name="random">Chooses the pieces.</param>
    public static void Apply(Span<byte> image, double deviation, Random random)
    {
        for (int start = 0; start < image.Length; start += Piece)
        {
            Span<byte> piece = image.Slice(start, Math.Min(Piece, image.Length - start));
            Add(piece, _numbers.AsSpan(random.Next(Drawn - Piece + 1), piece.Length), (float)deviation);
        }
    }

    private static void Add(Span<byte> values, ReadOnlySpan<float> numbers, float deviation)
    {
        int step = Vector<byte>.Count, quarter = Vector<float>.Count, i = 0;
        for (; i + step <= values.Length; i += step)
        {
            Vector.Widen(new Vector<byte>(values[i..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            Vector<ushort> lower = Vector.Narrow(
                Add(first, numbers[i..], deviation), Add(second, numbers[(i + quarter)..], deviation));
            Vector<ushort> upper = Vector.Narrow(
                Add(third, numbers[(i + 2 * quarter)..], deviation), Add(fourth, numbers[(i + 3 * quarter)..], deviation));
            Vector.Narrow(lower, upper).CopyTo(values[i..]);
        }
        for (; i < values.Length; i++)
            values[i] = (byte)Math.Clamp(values[i] + deviation * numbers[i] + 0.5f, 0.5f, 255.5f);
    }

    private static Vector<uint> Add(Vector<uint> values, ReadOnlySpan<float> numbers, float deviation)
    {
        Vector<float> sum = Vector.ConvertToSingle(Vector.AsVectorInt32(values)) + new Vector<float>(numbers) * deviation;
        return Vector.AsVectorUInt32(Vector.ConvertToInt32(
            Vector.Min(Vector.Max(sum + new Vector<float>(0.5f), new Vector<float>(0.5f)), new Vector<float>(255.5f))));
    }

    /// <summary>Each number is there with its opposite, so that the mean is 0.</summary>
    private static float[] Draw()
    {
        var random = new Random(1);
        var numbers = new float[Drawn];
        for (int i = 0; i < Drawn; i += 4)
        {
            var (first, second) = random.NextNormals();
            (numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]) =
                ((float)first, (float)second, (float)-first, (float)-second);
        }
        random.Shuffle(numbers);
        return numbers;
    }
}

using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Reads a mask in the size of the image off a graph's scores. Pure: numbers in, numbers out.</summary>
internal static class ScoreReader
{
    private const float Tolerance = 1e-3f;

    /// <summary>
    /// The best class of each pixel of the image's part as a key (class k is key k + 1, the first of equals wins), and its probability.
    /// Scores of another size than the part are resized to it before they are compared.
    /// </summary>
    /// <param name="scores">The scores; a pixel without any number, or with logits that are not all numbers, has key 0.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives one key a pixel of the part; it has the image's size.</param>
    /// <param name="confidence">
    /// Receives the best class's probability, one a pixel of the part; empty where nobody asks for it.
    /// </param>
    public static void Read(ClassScores scores, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        bool isCoarser = scores.Height != geometry.TensorHeight || scores.Width != geometry.TensorWidth;
        bool shrinks = geometry.PartWidth < geometry.ScaledWidth || geometry.PartHeight < geometry.ScaledHeight;
        if (!isCoarser && !shrinks)
        {
            using var upscaler = new ScoreUpscaler(scores.Classes, geometry);
            upscaler.Read(scores, mask, confidence);
            return;
        }

        // Larger ones are not left in the pool.
        const int MostRented = 1 << 24;
        float[] rented = ArrayPool<float>.Shared.Rent(scores.AreLogits && scores.Values.Length <= MostRented ? scores.Values.Length : 0), buffer = rented;
        ReadResized(scores.ToProbabilities(ref buffer), geometry, mask, confidence);
        ArrayPool<float>.Shared.Return(rented);
    }

    private static void ReadResized(ClassScores probabilities, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        int left = geometry.PartLeft, top = geometry.PartTop, columns = geometry.PartWidth;
        var plane = new ScorePlane(probabilities.Height, probabilities.Width, geometry);
        var best = new float[columns * geometry.PartHeight];
        Array.Fill(best, -1);
        for (int index = 0; index < probabilities.Classes; index++)
        {
            ReadOnlySpan<float> values = plane.ToImage(probabilities.Plane(index));
            for (int y = 0; y < geometry.PartHeight; y++)
            {
                Span<uint> keys = mask.Slice((top + y) * geometry.ImageWidth + left, columns);
                if (index == 0) keys.Clear();
                Raise(values.Slice(y * columns, columns), (uint)index + 1, keys, best.AsSpan(y * columns, columns));
            }
        }
        for (int y = 0; y < geometry.PartHeight && confidence.Length > 0; y++)
        {
            ReadOnlySpan<float> row = best.AsSpan(y * columns, columns);
            TensorPrimitives.Max(row, 0, confidence.Slice((top + y) * geometry.ImageWidth + left, columns));
        }
    }

    /// <summary>Where a class's probabilities are higher than the best so far, they and its key become the best.</summary>
    public static void Raise(ReadOnlySpan<float> values, uint key, Span<uint> keys, Span<float> best)
    {
        int i = 0;
        var raised = new Vector<uint>(key);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> value = new(values[i..]), highest = new(best[i..]);
            Vector<int> isHigher = Vector.GreaterThan(value, highest);
            Vector.ConditionalSelect(isHigher, value, highest).CopyTo(best[i..]);
            Vector.ConditionalSelect(Vector.AsVectorUInt32(isHigher), raised, new Vector<uint>(keys[i..])).CopyTo(keys[i..]);
        }
        for (; i < values.Length; i++)
        {
            // Not a number is never greater: a pixel without any number keeps key 0.
            if (values[i] > best[i]) (best[i], keys[i]) = (values[i], key);
        }
    }

    /// <summary>Gives key 0 to pixels whose probability is below the threshold.</summary>
    public static void Reject(ReadOnlySpan<float> confidence, float threshold, Span<uint> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            if (confidence[i] < threshold) mask[i] = 0;
        }
    }

    /// <summary>The graph's own mask, [H,W] classes of the tensor, cropped to a part that was not resized; as keys.</summary>
    public static void Crop(ReadOnlySpan<byte> classes, ImageGeometry geometry, Span<uint> mask)
    {
        for (int y = 0; y < geometry.PartHeight; y++)
        {
            int i = (geometry.PartTop + y) * geometry.ImageWidth + geometry.PartLeft;
            foreach (byte index in classes.Slice(y * geometry.TensorWidth, geometry.PartWidth)) mask[i++] = index + 1u;
        }
    }

    /// <summary>Whether every pixel's scores are within 0 to 1 and their sum is 1 (within 0.001), as after a softmax.</summary>
    public static bool AreProbabilities(ReadOnlySpan<float> scores, int classes)
    {
        if (TensorPrimitives.Min(scores) < -Tolerance || TensorPrimitives.Max(scores) > 1 + Tolerance) return false;
        int pixels = scores.Length / classes;
        for (int i = 0; i < pixels; i++)
        {
            float sum = 0;
            for (int index = 0; index < classes; index++) sum += scores[index * pixels + i];
            if (!(MathF.Abs(sum - 1) <= Tolerance)) return false;
        }
        return true;
    }

    /// <summary>Softmax over the classes of [C,H,W] logits.</summary>
    /// <param name="logits">[C,H,W].</param>
    /// <param name="classes">C.</param>
    /// <param name="probabilities">Receives [C,H,W].</param>
    public static void Softmax(ReadOnlySpan<float> logits, int classes, Span<float> probabilities)
    {
        int pixels = logits.Length / classes;
        Softmax(logits, pixels, classes, probabilities, pixels, pixels);
    }

    /// <summary>Softmax of some pixels.</summary>
    /// <param name="logits">The pixels' logits of one class, then, as far on as planes are apart, those of the next.</param>
    /// <param name="plane">How far the logits' planes are apart.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="probabilities">Receives the probabilities, laid out as the logits are.</param>
    /// <param name="probabilityPlane">How far their planes are apart.</param>
    /// <param name="pixels">The number of pixels.</param>
    public static void Softmax(ReadOnlySpan<float> logits, int plane, int classes, Span<float> probabilities, int probabilityPlane, int pixels)
    {
        // Pieces that the processor's cache holds.
        const int Piece = 512;
        Span<float> highest = stackalloc float[Piece], sum = stackalloc float[Piece];
        for (int at = 0; at < pixels; at += Piece)
        {
            int count = Math.Min(Piece, pixels - at);
            Softmax(logits[at..], plane, classes, probabilities[at..], probabilityPlane, highest[..count], sum[..count]);
        }
    }

    private static void Softmax(
        ReadOnlySpan<float> logits, int plane, int classes, Span<float> probabilities, int probabilityPlane, Span<float> highest, Span<float> sum)
    {
        int count = sum.Length;
        logits[..count].CopyTo(highest);
        sum.Clear();
        for (int index = 1; index < classes; index++) TensorPrimitives.Max(highest, logits.Slice(index * plane, count), highest);
        for (int index = 0; index < classes; index++)
        {
            Span<float> values = probabilities.Slice(index * probabilityPlane, count);
            TensorPrimitives.Subtract(logits.Slice(index * plane, count), highest, values);
            TensorPrimitives.Exp<float>(values, values);
            TensorPrimitives.Add(sum, values, sum);
        }
        for (int index = 0; index < classes; index++)
        {
            Span<float> values = probabilities.Slice(index * probabilityPlane, count);
            TensorPrimitives.Divide(values, sum, values);
        }
    }
}

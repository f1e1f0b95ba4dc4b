using System.Numerics.Tensors;
using MLSegmentation.Images;

namespace MLSegmentation.Transforms;

/// <summary>Reads a mask in the size of the image off a graph's scores. Pure: numbers in, numbers out.</summary>
internal static class ScoreReader
{
    private const float Tolerance = 1e-3f;

    /// <summary>
    /// The best class of each pixel of the image as a key (class k is key k + 1, the first of equals wins), and its probability. Scores of
    /// another size than the image are resized to it before they are compared.
    /// </summary>
    /// <param name="probabilities">[C,H,W], 0 to 1.</param>
    /// <param name="classes">C.</param>
    /// <param name="height">H; the tensor's, or that of a graph whose answer is coarser than its input.</param>
    /// <param name="width">W, likewise.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives one key a pixel of the image.</param>
    /// <param name="confidence">Receives the best class's probability.</param>
    public static void Read(
        ReadOnlySpan<float> probabilities, int classes, int height, int width, ImageGeometry geometry, Span<uint> mask, Span<float> confidence)
    {
        var plane = new ScorePlane(height, width, geometry);
        confidence.Fill(-1);
        mask.Clear();
        for (int index = 0; index < classes; index++)
        {
            ReadOnlySpan<float> values = plane.ToImage(probabilities.Slice(index * height * width, height * width));
            uint key = (uint)index + 1;
            for (int i = 0; i < values.Length; i++)
            {
                // Not a number is never greater: a pixel without any number keeps key 0.
                if (!(values[i] > confidence[i])) continue;
                confidence[i] = values[i];
                mask[i] = key;
            }
        }
        TensorPrimitives.Max(confidence, 0, confidence);
    }

    /// <summary>Gives key 0 to pixels whose probability is below the threshold.</summary>
    public static void Reject(ReadOnlySpan<float> confidence, float threshold, Span<uint> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            if (confidence[i] < threshold) mask[i] = 0;
        }
    }

    /// <summary>The graph's own mask, [H,W] classes, cropped to an image that was not resized; as keys.</summary>
    public static void Crop(ReadOnlySpan<byte> classes, int width, ImageGeometry geometry, Span<uint> mask)
    {
        for (int y = 0, i = 0; y < geometry.ImageHeight; y++)
        {
            foreach (byte index in classes.Slice(y * width, geometry.ImageWidth)) mask[i++] = index + 1u;
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
    public static float[] Softmax(ReadOnlySpan<float> logits, int classes)
    {
        int pixels = logits.Length / classes;
        float[] result = logits.ToArray();
        float[] highest = result[..pixels], sum = new float[pixels];
        for (int index = 1; index < classes; index++) TensorPrimitives.Max(highest, result.AsSpan(index * pixels, pixels), highest);
        for (int index = 0; index < classes; index++)
        {
            Span<float> plane = result.AsSpan(index * pixels, pixels);
            TensorPrimitives.Subtract(plane, highest, plane);
            TensorPrimitives.Exp<float>(plane, plane);
            TensorPrimitives.Add(sum, plane, sum);
        }
        for (int index = 0; index < classes; index++)
        {
            Span<float> plane = result.AsSpan(index * pixels, pixels);
            TensorPrimitives.Divide(plane, sum, plane);
        }
        return result;
    }
}

using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// Reads what a segmentation model answers, with errors about an answer of another shape than its file promises.
/// </summary>
internal static class NetworkScores
{
    /// <summary>The class scores of one image.</summary>
    /// <param name="output">The answer for a number of images.</param>
    /// <param name="session">The session that answered.</param>
    /// <param name="setup">Its model.</param>
    /// <param name="images">How many images there were.</param>
    /// <param name="image">Which of them is asked for.</param>
    /// <exception cref="InvalidOperationException">The answer is not [images,C,H,W] for the classes.</exception>
    public static ClassScores Of(OrtValue output, OnnxSession session, SegmentationSetup setup, int images = 1, int image = 0)
    {
        (int height, int width) = SizeOf(output, setup, images);
        int classes = setup.ClassNames.Count, length = classes * height * width;
        ReadOnlySpan<float> values = output.GetTensorDataAsSpan<float>().Slice(image * length, length);
        bool isKnown = setup.Model.Scores!.Name == GraphNames.Probabilities;
        bool areLogits = session.GivesLogits || (!isKnown && !ScoreSoftmax.AreProbabilities(values, classes));
        return new ClassScores(values, classes, height, width, areLogits);
    }

    /// <summary>An answer of classes, [H,W].</summary>
    /// <exception cref="InvalidOperationException">It is not [1,H,W] of the tensor's size.</exception>
    public static ReadOnlySpan<byte> Classes(OrtValue mask, int height, int width)
    {
        long[] shape = mask.GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual([1, height, width]))
        {
            throw new InvalidOperationException(
                $"The model's output '{GraphNames.Mask}' has the shape [{string.Join(',', shape)}], expected the image's "
                + $"[1,{height},{width}].");
        }
        return mask.GetTensorDataAsSpan<byte>();
    }

    private static (int Height, int Width) SizeOf(OrtValue scores, SegmentationSetup setup, int images)
    {
        long[] shape = scores.GetTensorTypeAndShape().Shape;
        int classes = setup.ClassNames.Count;
        return shape is [var count, var channels, >= 1 and var height, >= 1 and var width]
            && count == images && channels == classes
            ? ((int)height, (int)width)
            : throw new InvalidOperationException(
                $"The model's output '{PrintableText.Of(setup.Model.Scores!.Name)}' has the shape [{string.Join(',', shape)}], "
                + $"expected [{images},{classes},H,W] for the classes {ClassText.Join(setup.ClassNames)}.");
    }
}

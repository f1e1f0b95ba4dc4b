using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Onnx;

namespace MLSegmentation.Scoring;

/// <summary>Reads what a segmentation model answers, with errors about an answer of another shape than its file promises.</summary>
internal static class NetworkScores
{
    /// <summary>The height and width of an answer of class scores for a number of images.</summary>
    /// <exception cref="InvalidOperationException">It is not [images,C,H,W] for the classes.</exception>
    public static (int Height, int Width) SizeOf(OrtValue scores, SegmentationSetup setup, int images = 1)
    {
        long[] shape = scores.GetTensorTypeAndShape().Shape;
        int classes = setup.ClassNames.Count;
        return shape is [var count, var channels, >= 1 and var height, >= 1 and var width] && count == images && channels == classes
            ? ((int)height, (int)width)
            : throw new InvalidOperationException(
                $"The model's output '{setup.Model.Scores!.Name}' has the shape [{string.Join(',', shape)}], expected [{images},{classes},H,W] for the classes {string.Join(", ", setup.ClassNames)}.");
    }

    /// <summary>The answer for one image, class scores, as probabilities, [C,H,W].</summary>
    public static ReadOnlySpan<float> Probabilities(OrtValue scores, SegmentationSetup setup) =>
        Probabilities(scores.GetTensorDataAsSpan<float>(), setup);

    /// <summary>The class scores of an image as probabilities, [C,H,W].</summary>
    public static ReadOnlySpan<float> Probabilities(ReadOnlySpan<float> values, SegmentationSetup setup)
    {
        bool isKnown = setup.Model.Scores!.Name == GraphNames.Probabilities;
        return isKnown || ScoreReader.AreProbabilities(values, setup.ClassNames.Count) ? values : ScoreReader.Softmax(values, setup.ClassNames.Count);
    }

    /// <summary>An answer of classes, [H,W].</summary>
    /// <exception cref="InvalidOperationException">It is not [1,H,W] of the tensor's size.</exception>
    public static ReadOnlySpan<byte> Classes(OrtValue mask, int height, int width)
    {
        long[] shape = mask.GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual([1, height, width]))
        {
            throw new InvalidOperationException(
                $"The model's output '{GraphNames.Mask}' has the shape [{string.Join(',', shape)}], expected the image's [1,{height},{width}].");
        }
        return mask.GetTensorDataAsSpan<byte>();
    }
}

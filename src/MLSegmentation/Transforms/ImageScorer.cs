using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Images;
using MLSegmentation.Onnx;

namespace MLSegmentation.Transforms;

/// <summary>Segments one image after the other; each row or cursor has its own, all share the session.</summary>
internal sealed class ImageScorer(OnnxSession session, SegmentationSetup setup, bool wantsConfidence)
{
    private readonly SegmentedImage _result = new();
    private readonly bool _needsConfidence = wantsConfidence || setup.Options.Threshold > 0;
    private readonly bool _hasMask = setup.Model.Metadata.Task == ModelTasks.Segmentation
        && setup.Model.FindOutput(GraphNames.Mask) is { Dimensions.Count: 3 } output && output.ElementType == typeof(byte);
    private float[] _tensor = [];

    /// <summary>The image's mask, and its confidence where that was wanted; valid until the next call.</summary>
    public SegmentedImage Score(MLImage image)
    {
        OnnxModelInfo model = setup.Model;
        ImageGeometry geometry = setup.Sizing.GeometryFor(image.Width, image.Height);
        int length = model.Channels * geometry.TensorHeight * geometry.TensorWidth;
        if (_tensor.Length < length) _tensor = new float[length];
        ImageTensor.Fill(image, geometry, model.Channels, _tensor.AsSpan(0, length));
        _result.Resize(image.Width, image.Height);

        // Resized back, classes would have ragged edges; probabilities have smooth ones.
        bool takesMask = _hasMask && !_needsConfidence && !geometry.IsResized;
        string output = takesMask ? GraphNames.Mask : model.Scores!.Name;
        return session.Run(_tensor, geometry.TensorHeight, geometry.TensorWidth, [output], results =>
        {
            if (takesMask) ReadMask(results[0], geometry);
            else ReadScores(results[0], geometry);
            return _result;
        });
    }

    private void ReadMask(OrtValue mask, ImageGeometry geometry)
    {
        long[] shape = mask.GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual([1, geometry.TensorHeight, geometry.TensorWidth]))
        {
            throw new InvalidOperationException(
                $"The model's output '{GraphNames.Mask}' has the shape [{string.Join(',', shape)}], "
                + $"expected the image's [1,{geometry.TensorHeight},{geometry.TensorWidth}].");
        }
        ScoreReader.Crop(mask.GetTensorDataAsSpan<byte>(), geometry.TensorWidth, geometry, _result.Mask);
    }

    private void ReadScores(OrtValue scores, ImageGeometry geometry)
    {
        long[] shape = scores.GetTensorTypeAndShape().Shape;
        int classes = setup.ClassNames.Count;
        if (shape is not [1, var channels, >= 1 and var height, >= 1 and var width] || channels != classes)
        {
            throw new InvalidOperationException(
                $"The model's output '{setup.Model.Scores!.Name}' has the shape [{string.Join(',', shape)}], expected [1,{classes},H,W] for the classes {string.Join(", ", setup.ClassNames)}.");
        }
        ReadOnlySpan<float> values = scores.GetTensorDataAsSpan<float>();
        bool isKnown = setup.Model.Scores!.Name == GraphNames.Probabilities;
        if (!isKnown && !ScoreReader.AreProbabilities(values, classes)) values = ScoreReader.Softmax(values, classes);
        ScoreReader.Read(values, classes, (int)height, (int)width, geometry, _result.Mask, _result.Confidence);
        ScoreReader.Reject(_result.Confidence, setup.Options.Threshold, _result.Mask);
    }
}

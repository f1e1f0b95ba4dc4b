using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Images;
using MLSegmentation.Onnx;
using MLSegmentation.Tiling;

namespace MLSegmentation.Transforms;

/// <summary>An ONNX model as the network that scores tiles. It does not own the session.</summary>
/// <param name="session">The session; others may use it too.</param>
/// <param name="model">What the model says about itself.</param>
/// <param name="classes">The classes it tells apart.</param>
internal sealed class OnnxTileScorer(OnnxSession session, OnnxModelInfo model, int classes) : ITileScorer
{
    private readonly OnnxValueInfo _scores = model.Scores ?? throw new ArgumentException("The model does not segment.", nameof(model));

    public int Channels => model.Channels;

    public int Classes => classes;

    public void Score(float[] tile, int height, int width, float[] probabilities) => session.Run(tile, height, width, [_scores.Name], results =>
    {
        Read(results[0], height, width, probabilities);
        return 0;
    });

    private void Read(OrtValue scores, int height, int width, float[] probabilities)
    {
        long[] shape = scores.GetTensorTypeAndShape().Shape;
        if (shape[0] != 1 || shape[1] != classes)
        {
            throw new InvalidOperationException(
                $"The model's output '{_scores.Name}' has the shape [{string.Join(',', shape)}], expected [1,{classes},H,W] for its "
                + $"{classes} classes.");
        }
        ReadOnlySpan<float> values = scores.GetTensorDataAsSpan<float>();
        if (_scores.Name != GraphNames.Probabilities && !ScoreReader.AreProbabilities(values, classes)) values = ScoreReader.Softmax(values, classes);

        // A graph may answer at a coarser size than the tile's.
        var plane = new ScorePlane((int)shape[2], (int)shape[3], ImageGeometry.For(width, height, ImageSizing.Native, width, height));
        int size = height * width, given = values.Length / classes;
        for (int index = 0; index < classes; index++)
            plane.ToImage(values.Slice(index * given, given)).CopyTo(probabilities.AsSpan(index * size, size));
    }
}

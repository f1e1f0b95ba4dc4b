using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Images;
using MLSegmentation.Onnx;
using MLSegmentation.Tiling;

namespace MLSegmentation.Scoring;

/// <summary>An ONNX model as the network that scores tiles. It does not own the session.</summary>
internal sealed class OnnxTileScorer(OnnxSession session, SegmentationSetup setup) : ITileScorer
{
    public int Channels => setup.Model.Channels;

    public int Classes => setup.ClassNames.Count;

    public void Score(float[] tile, int height, int width, float[] probabilities) =>
        session.Run(tile, height, width, [setup.Output], results =>
        {
            Read(results[0], height, width, probabilities);
            return 0;
        });

    private void Read(OrtValue scores, int height, int width, float[] probabilities)
    {
        (int rows, int columns) = NetworkScores.SizeOf(scores, setup);
        ReadOnlySpan<float> values = NetworkScores.Probabilities(scores, setup);

        // A graph may answer at a coarser size than the tile's.
        var plane = new ScorePlane(rows, columns, ImageGeometry.For(width, height, ImageSizing.Native, width, height));
        int size = height * width, given = rows * columns;
        for (int index = 0; index < Classes; index++)
            plane.ToImage(values.Slice(index * given, given)).CopyTo(probabilities.AsSpan(index * size, size));
    }
}

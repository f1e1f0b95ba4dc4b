using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>An ONNX model as the network that scores tiles. It does not own the session.</summary>
internal sealed class OnnxTileScorer(OnnxSession session, SegmentationSetup setup, CancellationToken cancellation) : ITileScorer
{
    // Tiles of 128×128 are scored 1.4 times as fast eight at a time, those of 256×256 no faster.
    private const int PixelsAtOnce = 8 * 128 * 128, ScoresAtOnce = 32 * PixelsAtOnce, MostAtOnce = 16;

    private float[] _probabilities = [];

    public PixelScaling Scaling => setup.Input.Scaling;

    public int Classes => setup.ClassNames.Count;

    public int TilesAtOnce(int height, int width)
    {
        // Graphs from elsewhere may say that the number is free, and mean one.
        if (setup.Model.Metadata.Task != ModelTasks.Segmentation || setup.Model.ImageInput.Dimensions[0] > 0) return 1;
        long pixels = height * width;
        return (int)Math.Clamp(Math.Min(PixelsAtOnce / pixels, ScoresAtOnce / (pixels * Classes)), 1, MostAtOnce);
    }

    public void Score(float[] tiles, int count, int height, int width, float[] probabilities)
    {
        using OnnxResults results = session.Run(tiles, count, height, width, [setup.Output], cancellation);
        Read(results[0], count, height, width, probabilities);
    }

    private void Read(OrtValue scores, int count, int height, int width, float[] probabilities)
    {
        int size = height * width;
        ScorePlane? plane = null;
        for (int tile = 0; tile < count; tile++)
        {
            ClassScores values = NetworkScores.Of(scores, session, setup, count, tile).ToProbabilities(ref _probabilities);

            // A graph may answer at a coarser size than the tile's.
            plane ??= new ScorePlane(
                values.Height, values.Width, ImageGeometry.For(width, height, ImageSizing.Native, width, height));
            for (int index = 0; index < Classes; index++)
                plane.ToImage(values.Plane(index)).CopyTo(probabilities.AsSpan((tile * Classes + index) * size, size));
        }
    }
}

namespace MLSegmentation;

/// <summary>An ONNX model as the network that scores tiles. It does not own the session.</summary>
internal sealed class OnnxTileScorer(OnnxSession session, SegmentationSetup setup, CancellationToken cancellation) : ITileScorer
{
    // Tiles of 128×128 are scored 1.4 times as fast eight at a time, those of 256×256 no faster.
    private const int PixelsAtOnce = 8 * 128 * 128, ScoresAtOnce = 32 * PixelsAtOnce, MostAtOnce = 16;

    private readonly NetworkScores _scores = new(session, setup);
    private float[] _probabilities = [];

    public PixelScaling Scaling => setup.Input.Scaling;

    public ScoreMeaning Meaning { get; } = setup.Choice.MeaningFor(session.GivesLogits).AsProbabilities;

    public int TilesAtOnce(int height, int width)
    {
        // A graph of a fixed number computes as many, whatever there is. To give it fewer would run it more often.
        if (setup.Model.InputFormat.Batch is { } batch) return batch;

        // Graphs from elsewhere may say that the number is free, and mean one.
        if (setup.Model.Metadata.Task != ModelTasks.Segmentation) return 1;
        long pixels = height * width;
        return (int)Math.Clamp(Math.Min(PixelsAtOnce / pixels, ScoresAtOnce / (pixels * Meaning.Planes)), 1, MostAtOnce);
    }

    public void Score(float[] tiles, int count, int height, int width, float[] probabilities)
    {
        using OnnxResults results = session.Run(tiles, count, height, width, [setup.Output], cancellation);
        int length = Meaning.Planes * height * width;
        var tile = ImageGeometry.For(width, height, ImageSizing.Native, width, height);
        for (int i = 0; i < count; i++)
            Read(_scores.Of(results[0], height, width, count, i), tile, probabilities.AsSpan(i * length, length));
    }

    // A graph may answer at another size than the tile's.
    private void Read(ClassScores scores, ImageGeometry tile, Span<float> probabilities)
    {
        if (!scores.Meaning.AreInterpolatedFirst) scores = scores.ToProbabilities(ref _probabilities);
        var plane = new ScorePlane(scores.Height, scores.Width, tile);
        int size = tile.TensorHeight * tile.TensorWidth;
        for (int index = 0; index < Meaning.Planes; index++)
            plane.ToImage(scores.Plane(index)).CopyTo(probabilities[(index * size)..]);
        if (scores.Meaning.Activation != ScoreActivation.None) scores.Meaning.Activate(probabilities, probabilities);
    }
}

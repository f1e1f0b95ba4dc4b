namespace MLSegmentation;

/// <summary>Segments images through tiles, as their rows come (<see cref="ImageSizing.Tiled"/>).</summary>
internal sealed class RowScorer(OnnxSession session, SegmentationSetup setup)
{
    /// <summary>Scores an image.</summary>
    /// <param name="image">The image, before its first row.</param>
    /// <param name="sink">Receives the rows of the mask.</param>
    /// <param name="cancellation">Ends it, also within a run of the network.</param>
    public void Score(ImageRowReader image, MaskRowSink sink, CancellationToken cancellation)
    {
        int multiple = setup.Sizing.MultipleFor(session, setup.Output, cancellation);
        ImageGeometry tile = setup.Sizing.TileFor(image.Width, image.Height, multiple);
        uint[] accepted = new uint[image.Width];
        var tiles = new TiledScoring(new OnnxTileScorer(session, setup, cancellation));
        tiles.Run(image, tile.TensorWidth, tile.TensorHeight, setup.Options.TileOverlap, (y, mask, confidence) =>
        {
            mask.CopyTo(accepted);
            if (setup.LeastConfidence > 0) ScoreReader.Reject(confidence, setup.LeastConfidence, accepted);
            sink(y, accepted, confidence);
        });
    }
}

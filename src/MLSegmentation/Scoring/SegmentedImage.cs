namespace MLSegmentation;

/// <summary>
/// What scoring one image gave; reused from image to image. There is memory for masks and confidences once they were asked for.
/// </summary>
internal sealed class SegmentedImage
{
    private readonly ResultBuffer<uint> _mask = new();
    private readonly ResultBuffer<float> _confidence = new();

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<uint> Mask => _mask.Of(Width * Height);

    public Span<float> Confidence => _confidence.Of(Width * Height);

    /// <summary>Begins a mask of that size; its values are those of an earlier image.</summary>
    public void Resize(int width, int height)
    {
        _ = checked(width * height);
        (Width, Height) = (width, height);
    }

    /// <summary>Reads the mask, and the confidences where they are needed, off scores.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="target">How they are brought to the mask.</param>
    /// <param name="setup">The threshold, and what is needed.</param>
    public void Read(ClassScores scores, ImageGeometry target, SegmentationSetup setup)
    {
        Span<float> confidence = setup.NeedsConfidence ? Confidence : [];
        if (target.HidesSome)
        {
            Mask.Clear();
            confidence.Clear();
        }
        ScoreReader.Read(scores, target, Mask, confidence);
        if (setup.LeastConfidence > 0) ScoreReader.Reject(confidence, setup.LeastConfidence, Mask);
    }

    /// <summary>Reads the mask off the keys of the graph's labels.</summary>
    /// <param name="keys">[height, width].</param>
    /// <param name="height">Their height.</param>
    /// <param name="width">Their width.</param>
    /// <param name="target">How they are brought to the mask.</param>
    public void Read(ReadOnlySpan<uint> keys, int height, int width, ImageGeometry target)
    {
        if (target.HidesSome) Mask.Clear();
        LabelReader.Read(keys, height, width, target, Mask);
    }

    /// <summary>Takes over the graph's own mask.</summary>
    /// <param name="classes">The class of each pixel of the tensor.</param>
    /// <param name="target">How the tensor is brought to the mask.</param>
    public void Read(ReadOnlySpan<byte> classes, ImageGeometry target)
    {
        if (target.HidesSome) Mask.Clear();
        ScoreReader.Crop(classes, target, Mask);
    }

    /// <summary>Makes the mask one of a bad image: each pixel, where there are any, is of no class.</summary>
    public void Reject(int width, int height)
    {
        Resize(width, height);
        Mask.Clear();
        _confidence.Clear();
    }

    /// <summary>Gives the memory of a large mask back to the system; the mask is lost.</summary>
    public void FreeLarge()
    {
        _mask.FreeLarge();
        _confidence.FreeLarge();
    }
}

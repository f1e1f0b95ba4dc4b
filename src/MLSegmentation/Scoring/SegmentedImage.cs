namespace MLSegmentation;

/// <summary>What scoring one image gave; reused from image to image. There is memory for masks and confidences once they were asked for.</summary>
internal sealed class SegmentedImage
{
    private readonly ResultBuffer<uint> _mask = new();
    private readonly ResultBuffer<float> _confidence = new();

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Why there is no mask; null where there is one.</summary>
    public string? Error { get; private set; }

    public Span<uint> Mask => _mask.Of(Width * Height);

    public Span<float> Confidence => _confidence.Of(Width * Height);

    /// <summary>Begins a mask of that size; its values are those of an earlier image.</summary>
    public void Resize(int width, int height)
    {
        _ = checked(width * height);
        (Width, Height, Error) = (width, height, null);
    }

    /// <summary>Says that there is no mask: each pixel, where there are any, is of no class.</summary>
    public void Reject(string error, int width, int height)
    {
        Resize(width, height);
        Mask.Clear();
        _confidence.Clear();
        Error = error;
    }

    /// <summary>Gives the memory of a large mask back to the system; the mask is lost.</summary>
    public void FreeLarge()
    {
        _mask.FreeLarge();
        _confidence.FreeLarge();
    }
}

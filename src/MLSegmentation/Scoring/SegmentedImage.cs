namespace MLSegmentation.Scoring;

/// <summary>What scoring one image gave; reused from image to image.</summary>
internal sealed class SegmentedImage
{
    private uint[] _mask = [];
    private float[] _confidence = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Why there is no mask; null where there is one.</summary>
    public string? Error { get; private set; }

    public Span<uint> Mask => _mask.AsSpan(0, Width * Height);

    /// <summary>The confidences, for which there is memory once they were asked for.</summary>
    public Span<float> Confidence
    {
        get
        {
            if (_confidence.Length < Width * Height) _confidence = new float[Width * Height];
            return _confidence.AsSpan(0, Width * Height);
        }
    }

    /// <summary>Makes room for a mask; its values are those of an earlier image.</summary>
    public void Resize(int width, int height)
    {
        int pixels = checked(width * height);
        if (_mask.Length < pixels) _mask = new uint[pixels];
        (Width, Height, Error) = (width, height, null);
    }

    /// <summary>Says that there is no mask: each pixel, where there are any, is of no class.</summary>
    public void Reject(string error, int width, int height)
    {
        Resize(width, height);
        Mask.Clear();
        _confidence.AsSpan(0, Math.Min(_confidence.Length, Width * Height)).Clear();
        Error = error;
    }
}

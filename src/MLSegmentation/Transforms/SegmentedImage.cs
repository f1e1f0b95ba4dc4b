namespace MLSegmentation.Transforms;

/// <summary>What scoring one image gave; reused from row to row.</summary>
internal sealed class SegmentedImage
{
    private uint[] _mask = [];
    private float[] _confidence = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<uint> Mask => _mask.AsSpan(0, Width * Height);

    public Span<float> Confidence => _confidence.AsSpan(0, Width * Height);

    public void Resize(int width, int height)
    {
        if (_mask.Length < width * height)
        {
            _mask = new uint[width * height];
            _confidence = new float[width * height];
        }
        (Width, Height) = (width, height);
    }
}

namespace MLSegmentation;

/// <summary>
/// Brings planes of scores back to the image: to the tensor's size, cropped to the scaled part, to the part's size.
/// </summary>
internal sealed class ScorePlane
{
    private readonly ImageGeometry _geometry;
    private readonly ResizeAxes? _toTensor;
    private readonly ResizeAxes? _toPart;
    private readonly float[] _tensor;
    private readonly float[] _part;

    /// <param name="height">The height of the planes that come.</param>
    /// <param name="width">Their width.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    public ScorePlane(int height, int width, ImageGeometry geometry)
    {
        _geometry = geometry;
        bool isCoarser = height != geometry.TensorHeight || width != geometry.TensorWidth;
        _toTensor = isCoarser ? ResizeAxes.For(width, height, geometry.TensorWidth, geometry.TensorHeight) : null;
        _tensor = isCoarser ? new float[geometry.TensorHeight * geometry.TensorWidth] : [];
        _toPart = geometry.IsResized || geometry.IsPadded
            ? ResizeAxes.For(geometry.ScaledWidth, geometry.ScaledHeight, geometry.PartWidth, geometry.PartHeight)
            : null;
        _part = _toPart is null ? [] : new float[geometry.PartHeight * geometry.PartWidth];
    }

    /// <summary>One plane in the part's size; valid until the next call.</summary>
    public ReadOnlySpan<float> ToImage(ReadOnlySpan<float> plane)
    {
        if (_toTensor is not null)
        {
            ImageResizer.ResizePart(plane, _toTensor.SourceWidth, _toTensor, _tensor);
            plane = _tensor;
        }
        if (_toPart is null) return plane;
        ImageResizer.ResizePart(plane, _geometry.TensorWidth, _toPart, _part);
        return _part;
    }
}

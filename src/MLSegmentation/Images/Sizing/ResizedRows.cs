using System.Buffers;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Gives the rows of a resized plane one after the other, so that whoever uses each up needs no memory for all.
/// </summary>
internal readonly ref struct ResizedRows
{
    private readonly ReadOnlySpan<float> _narrowed;
    private readonly int _stride;
    private readonly ResizeAxes _axes;
    private readonly float[] _rented = [];

    /// <param name="source">The plane, of which the top left part is resized.</param>
    /// <param name="stride">How far its rows lie apart.</param>
    /// <param name="axes">The sizes.</param>
    public ResizedRows(ReadOnlySpan<float> source, int stride, ResizeAxes axes)
    {
        _narrowed = source;
        _stride = stride;
        _axes = axes;
        if (axes.Horizontal is null) return;
        _rented = ArrayPool<float>.Shared.Rent(axes.SourceHeight * axes.Width);
        for (int y = 0; y < axes.SourceHeight; y++)
        {
            ImageResizer.ResizeRow(
                source.Slice(y * stride, axes.SourceWidth), axes.Horizontal, _rented.AsSpan(y * axes.Width, axes.Width));
        }
        _narrowed = _rented;
        _stride = axes.Width;
    }

    /// <summary>Writes a row of the destination.</summary>
    public void Mix(int y, Span<float> destination)
    {
        if (_axes.Vertical is not { } weights)
        {
            _narrowed.Slice(y * _stride, _axes.Width).CopyTo(destination);
            return;
        }
        int first = weights.First(y);
        ReadOnlySpan<float> taps = weights.Of(y);
        TensorPrimitives.Multiply(_narrowed.Slice(first * _stride, _axes.Width), taps[0], destination);
        for (int tap = 1; tap < taps.Length; tap++)
        {
            TensorPrimitives.MultiplyAdd(
                _narrowed.Slice((first + tap) * _stride, _axes.Width), taps[tap], destination, destination);
        }
    }

    public void Dispose()
    {
        if (_rented.Length > 0) ArrayPool<float>.Shared.Return(_rented);
    }
}

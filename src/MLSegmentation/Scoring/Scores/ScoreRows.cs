using System.Buffers;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Rows of scores at another size. They are interpolated row by row: two rows of their source are held, never all planes.
/// </summary>
internal sealed class ScoreRows : IDisposable
{
    private readonly ScoreRows? _source;
    private readonly int _planes;
    private readonly int _width;
    private readonly ResizeAxes? _axes;
    private readonly float[][] _widened = [];
    private readonly int[] _widenedOf = [-1, -1];
    private readonly float[] _mixed = [];

    private ScoreRows(ScoreRows? source, int planes, int width, ResizeAxes? axes)
    {
        (_source, _planes, _width, _axes) = (source, planes, width, axes);
        if (axes is null) return;
        _widened = [ArrayPool<float>.Shared.Rent(planes * width), ArrayPool<float>.Shared.Rent(planes * width)];
        _mixed = ArrayPool<float>.Shared.Rent(planes * width);
    }

    /// <summary>Rows at the tensor's size, as far as the scaled image goes.</summary>
    /// <param name="scores">The scores, not finer than the tensor.</param>
    /// <param name="geometry">The sizes.</param>
    public static ScoreRows OfTensor(ClassScores scores, ImageGeometry geometry)
    {
        bool isCoarser = scores.Height != geometry.TensorHeight || scores.Width != geometry.TensorWidth;
        return new ScoreRows(
            null, scores.Planes, geometry.ScaledWidth,
            isCoarser ? ResizeAxes.For(scores.Width, scores.Height, geometry.TensorWidth, geometry.TensorHeight) : null);
    }

    /// <summary>These rows at the size of the image's part, which is not smaller than the scaled size.</summary>
    public ScoreRows ToPart(ImageGeometry geometry) => new(
        this, _planes, geometry.PartWidth,
        ResizeAxes.For(geometry.ScaledWidth, geometry.ScaledHeight, geometry.PartWidth, geometry.PartHeight));

    /// <summary>The scores of a row: those of the first class, then, as far on as planes are apart, those of the next.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="y">The row.</param>
    /// <param name="plane">How far the planes are apart.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<float> At(ClassScores scores, int y, out int plane)
    {
        if (_axes is null)
        {
            plane = scores.Height * scores.Width;
            return scores.Values[(y * scores.Width)..];
        }
        plane = _width;
        Neighbours down = Neighbours.Of(_axes.Vertical, y);
        ReadOnlySpan<float> above = Widen(scores, down.First);
        if (down.Weight == 0) return above;
        Span<float> mixed = _mixed.AsSpan(0, above.Length);
        TensorPrimitives.Multiply(above, 1 - down.Weight, mixed);
        TensorPrimitives.MultiplyAdd(Widen(scores, down.Second), down.Weight, mixed, mixed);
        return mixed;
    }

    public void Dispose()
    {
        foreach (float[] row in _widened) ArrayPool<float>.Shared.Return(row);
        if (_axes is not null) ArrayPool<float>.Shared.Return(_mixed);
    }

    /// <summary>A row of the source in these rows' width.</summary>
    private ReadOnlySpan<float> Widen(ClassScores scores, int y)
    {
        Span<float> widened = _widened[y % 2].AsSpan(0, _planes * _width);
        if (_widenedOf[y % 2] == y) return widened;
        _widenedOf[y % 2] = y;
        int plane = scores.Height * scores.Width;
        ReadOnlySpan<float> rows = _source is null ? scores.Values[(y * scores.Width)..] : _source.At(scores, y, out plane);
        for (int index = 0; index < _planes; index++)
        {
            ImageResizer.ResizeRow(
                rows.Slice(index * plane, _axes!.SourceWidth), _axes.Horizontal, widened.Slice(index * _width, _width));
        }
        return widened;
    }
}

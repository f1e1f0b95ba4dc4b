using System.Buffers;
using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>
/// Rows of scores at the tensor's size. Coarser scores are interpolated row by row: two of their rows are held, never all planes
/// at the tensor's size.
/// </summary>
internal sealed class ScoreRows : IDisposable
{
    private readonly int _planes;
    private readonly int _width;
    private readonly ResizeAxes? _axes;
    private readonly float[][] _widened = [];
    private readonly int[] _widenedOf = [-1, -1];
    private readonly float[] _mixed = [];

    /// <param name="scores">The scores, not finer than the tensor.</param>
    /// <param name="geometry">The size of the tensor, and how much of its width is looked at.</param>
    public ScoreRows(ClassScores scores, ImageGeometry geometry)
    {
        (_planes, _width) = (scores.Planes, geometry.ScaledWidth);
        if (scores.Height == geometry.TensorHeight && scores.Width == geometry.TensorWidth) return;
        _axes = ResizeAxes.For(scores.Width, scores.Height, geometry.TensorWidth, geometry.TensorHeight);
        int length = _planes * _width;
        _widened = [ArrayPool<float>.Shared.Rent(length), ArrayPool<float>.Shared.Rent(length)];
        _mixed = ArrayPool<float>.Shared.Rent(length);
    }

    /// <summary>The scores of a row: those of the first class, then, as far on as planes are apart, those of the next.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="y">The row of the tensor.</param>
    /// <param name="plane">How far the planes are apart.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<float> At(ClassScores scores, int y, out int plane)
    {
        plane = scores.Height * scores.Width;
        if (_axes is null) return scores.Values[(y * scores.Width)..];
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

    /// <summary>A row of the scores in the tensor's width.</summary>
    private ReadOnlySpan<float> Widen(ClassScores scores, int y)
    {
        Span<float> widened = _widened[y % 2].AsSpan(0, _planes * _width);
        if (_widenedOf[y % 2] == y) return widened;
        _widenedOf[y % 2] = y;
        for (int index = 0; index < _planes; index++)
        {
            ReadOnlySpan<float> row = scores.Plane(index).Slice(y * scores.Width, scores.Width);
            ImageResizer.ResizeRow(row, _axes!.Horizontal, widened.Slice(index * _width, _width));
        }
        return widened;
    }
}

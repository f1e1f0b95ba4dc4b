using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Reads the mask of the current row, with errors that say which row.</summary>
internal sealed class MaskColumnReader(DataViewRow row, DataViewSchema.Column column, Func<(int Width, int Height)> readSize)
{
    private readonly ValueGetter<VBuffer<uint>> _getter = row.GetGetter<VBuffer<uint>>(column);
    private VBuffer<uint> _keys;

    public RowMask Read()
    {
        (int width, int height) = readSize();
        _getter(ref _keys);
        if (_keys.Length != (long)width * height)
        {
            throw new InvalidOperationException(
                $"Row {row.Position} has a mask of {_keys.Length} keys in column '{column.Name}', expected {width} * {height}: "
                + "a mask must have its image's size.");
        }
        var keys = new uint[_keys.Length];
        _keys.CopyTo(keys);
        return new RowMask(keys, width, height);
    }
}

using Microsoft.ML;

namespace MLSegmentation.Transforms;

/// <summary>A value computed at most once a row, when the first getter asks for it.</summary>
internal sealed class RowValue<T>(DataViewRow row, Func<T> compute)
    where T : class
{
    private T? _value;
    private long _position;

    public T Get()
    {
        if (_value is null || _position != row.Position)
        {
            _value = null;
            _value = compute();
            _position = row.Position;
        }
        return _value;
    }
}

using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace MLSegmentation;

/// <summary>
/// A value computed once a row, when the first getter asks for it. Where that fails, every getter of the row throws.
/// </summary>
internal sealed class RowValue<T>(DataViewRow row, Func<T> compute)
    where T : class
{
    private T? _value;
    private ExceptionDispatchInfo? _error;
    private long _position;

    public T Get()
    {
        if ((_value is null && _error is null) || _position != row.Position) Compute();
        _error?.Throw();
        return _value!;
    }

    private void Compute()
    {
        (_value, _error, _position) = (null, null, row.Position);
        try
        {
            _value = compute();
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }
    }
}

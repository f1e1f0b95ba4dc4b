using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>One column's value of a row that was read ahead, or what went wrong with it.</summary>
internal abstract class BufferedColumn
{
    private static readonly MethodInfo _create = typeof(BufferedColumn).GetMethod(
        nameof(CreateTyped), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>A buffer for a column of an open cursor.</summary>
    public static BufferedColumn Create(DataViewRow row, DataViewSchema.Column column) =>
        (BufferedColumn)_create.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;

    /// <summary>Takes the value of the cursor's row.</summary>
    public abstract void Read();

    private static BufferedColumn CreateTyped<T>(DataViewRow row, DataViewSchema.Column column) =>
        new BufferedColumn<T>(row.GetGetter<T>(column));
}

/// <summary>One column's value of a row that was read ahead.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class BufferedColumn<T>(ValueGetter<T> source) : BufferedColumn
{
    private static readonly CopyValue _copy = FindCopy();
    private T _value = default!;
    private ExceptionDispatchInfo? _error;

    private delegate void CopyValue(in T value, ref T destination);

    public override void Read()
    {
        _error = null;
        try
        {
            // The last value goes back to its source, which frees it, or leaves it alone where it belongs to somebody else.
            source(ref _value);
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>The value itself, for whoever is done with it before the next row is read.</summary>
    public void Lend(ref T value)
    {
        _error?.Throw();
        value = _value;
    }

    /// <summary>The value as a column hands it out, to keep.</summary>
    public void Copy(ref T value)
    {
        _error?.Throw();
        _copy(_value, ref value);
    }

    private static CopyValue FindCopy()
    {
        if (typeof(T) == typeof(MLImage)) return (CopyValue)(object)(BufferedColumn<MLImage>.CopyValue)CopyImage;
        if (!typeof(T).IsGenericType || typeof(T).GetGenericTypeDefinition() != typeof(VBuffer<>))
            return (in T value, ref T destination) => destination = value;
        MethodInfo copy = typeof(BufferedColumn<T>).GetMethod(nameof(CopyVector), BindingFlags.NonPublic | BindingFlags.Static)!;
        return copy.MakeGenericMethod(typeof(T).GenericTypeArguments).CreateDelegate<CopyValue>();
    }

    private static void CopyVector<TItem>(in VBuffer<TItem> value, ref VBuffer<TItem> destination) =>
        value.CopyTo(ref destination);

    private static void CopyImage(in MLImage image, ref MLImage destination)
    {
        // As ML.NET's own columns do: whoever asks for the next image is done with the last.
        destination?.Dispose();
        destination = null!;
        if (image is null) return;
        destination = MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels);
        destination.Tag = image.Tag;
    }
}

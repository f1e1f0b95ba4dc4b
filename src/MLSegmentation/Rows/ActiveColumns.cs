using Microsoft.ML;

namespace MLSegmentation;

/// <summary>What a row and a cursor have in common: the columns of an input row, and the getters of those added to it.</summary>
internal sealed class ActiveColumns(ColumnBinding binding, DataViewRow input, Delegate?[] added)
{
    public DataViewSchema Schema => binding.OutputSchema;

    public bool IsActive(DataViewSchema.Column column)
    {
        binding.Check(column);
        int index = column.Index - binding.InputSchema.Count;
        return index < 0 ? input.IsColumnActive(binding.InputSchema[column.Index]) : added[index] is not null;
    }

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        binding.Check(column);
        int index = column.Index - binding.InputSchema.Count;
        if (index < 0) return input.GetGetter<TValue>(binding.InputSchema[column.Index]);
        Delegate getter = added[index]
            ?? throw new InvalidOperationException(
                $"Column '{column.Name}' is not active: name it among the columns needed when the cursor is made.");
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' has values of type {getter.GetType().GenericTypeArguments[0]}, the getter asked for is "
            + $"for {typeof(TValue)}.");
    }
}

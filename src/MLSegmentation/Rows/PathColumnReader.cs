using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Reads the path of the current row, with errors that say which row.</summary>
internal sealed class PathColumnReader(DataViewRow row, DataViewSchema.Column column, string? folder)
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
    private ReadOnlyMemory<char> _path;

    public string Read()
    {
        _getter(ref _path);
        if (_path.IsEmpty)
        {
            throw new InvalidOperationException(
                $"Row {row.Position} has no path in column '{column.Name}': it is empty. Leave such rows out.");
        }
        return Path.Combine(folder ?? "", _path.ToString());
    }
}

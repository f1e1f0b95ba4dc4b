using Microsoft.ML;

namespace MLSegmentation.Training.Tests;

/// <summary>Rows that are numbers, and the samples that are made of them.</summary>
internal sealed class NumberedRows(Func<int, TrainingSample> make) : ISampleReader
{
    private int _reads;

    /// <summary>Samples made.</summary>
    public int Reads => _reads;

    /// <summary>A row for each number.</summary>
    public static IDataView Of(IEnumerable<int> numbers) =>
        new MLContext().Data.LoadFromEnumerable(numbers.Select(number => new Row { Number = number }));

    public IReadOnlyList<DataViewSchema.Column> ColumnsOf(DataViewSchema schema) => [schema[nameof(Row.Number)]];

    public Func<TrainingSample> Open(DataViewRow row)
    {
        var get = row.GetGetter<int>(row.Schema[nameof(Row.Number)]);
        return () =>
        {
            int number = 0;
            get(ref number);
            Interlocked.Increment(ref _reads);
            return make(number);
        };
    }

    private sealed class Row
    {
        public int Number { get; set; }
    }
}

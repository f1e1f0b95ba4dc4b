using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>How rows of an <see cref="IDataView"/> become samples.</summary>
internal interface ISampleReader
{
    /// <summary>The columns that are read, of a view to train on or to validate with.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    IReadOnlyList<DataViewSchema.Column> ColumnsOf(DataViewSchema schema);

    /// <summary>A function that reads the row that a cursor stands on.</summary>
    Func<TrainingSample> Open(DataViewRow row);
}

using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>How rows of an <see cref="IDataView"/> become samples.</summary>
internal interface ISampleReader
{
    /// <summary>The columns that are read.</summary>
    IReadOnlyList<DataViewSchema.Column> Columns { get; }

    /// <summary>A function that reads the row that a cursor stands on.</summary>
    Func<TrainingSample> Open(DataViewRow row);
}

using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>Reads an image column, stretched to the network's size, and the key of each image's class.</summary>
internal sealed class ClassificationRowReader(
    string image, string label, IReadOnlyList<string> classNames, int channels, int width, int height) : ISampleReader
{
    private readonly ReconstructionRowReader _images = new(image, channels, width, height);

    /// <inheritdoc/>
    public IReadOnlyList<DataViewSchema.Column> ColumnsOf(DataViewSchema schema)
    {
        DataViewSchema.Column labelColumn = ColumnTypes.Find(schema, label);
        LabelColumn.RequireClasses(LabelColumn.ImageClassNames(labelColumn), classNames);
        return [.. _images.ColumnsOf(schema), labelColumn];
    }

    /// <inheritdoc/>
    public Func<TrainingSample> Open(DataViewRow row)
    {
        Func<TrainingSample> readImage = _images.Open(row);
        var getLabel = row.GetGetter<uint>(row.Schema[label]);
        uint key = 0;
        return () =>
        {
            getLabel(ref key);
            if (key == 0)
            {
                throw new InvalidDataException(
                    $"Row {row.Position} has no class in the column '{label}': its key is missing. "
                    + "Leave such rows out before training.");
            }
            return readImage() with { Labels = [(byte)(key - 1)] };
        };
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// The annotation by which a column of images says in what range of samples its files were read, so that a model trained on it
/// knows.
/// </summary>
internal static class SampleRangeAnnotation
{
    private const string Name = "SampleRange";

    /// <summary>The annotation, a vector of the low and the high value; null for no range.</summary>
    public static DataViewSchema.Annotations? Of(SampleRange? range)
    {
        if (range is null) return null;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(
            Name,
            new VectorDataViewType(NumberDataViewType.Double, 2),
            (ref VBuffer<double> destination) => ColumnTypes.Copy([range.Low, range.High], ref destination));
        return annotations.ToAnnotations();
    }

    /// <summary>The range that a column has; null where it says nothing.</summary>
    public static SampleRange? Find(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Name) is not { Type: VectorDataViewType { Size: 2 } type }
            || type.ItemType != NumberDataViewType.Double)
            return null;
        VBuffer<double> values = default;
        column.Annotations.GetValue(Name, ref values);
        return new SampleRange(values.GetItemOrDefault(0), values.GetItemOrDefault(1));
    }
}

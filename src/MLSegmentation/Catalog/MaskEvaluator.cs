using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Metrics;
using MLSegmentation.Transforms;
using ConfusionMatrix = MLSegmentation.Metrics.ConfusionMatrix;

namespace MLSegmentation.Catalog;

/// <summary>Reads two mask columns and counts.</summary>
internal sealed class MaskEvaluator
{
    private readonly IDataView _data;
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _predicted;
    private readonly IReadOnlyList<string> _classNames;

    public MaskEvaluator(IDataView data, string labelColumnName, string predictedLabelColumnName)
    {
        _data = data;
        _label = ColumnTypes.Find(data.Schema, labelColumnName);
        _predicted = ColumnTypes.Find(data.Schema, predictedLabelColumnName);
        string[] names = MaskColumns.ClassNames(_label), predictedNames = MaskColumns.ClassNames(_predicted);
        bool isReordered = !names.SequenceEqual(predictedNames) && names.Order().SequenceEqual(predictedNames.Order());
        if (names.Length != predictedNames.Length || isReordered)
        {
            throw new ArgumentException(
                $"The column '{labelColumnName}' has the classes {string.Join(", ", names)}, but '{predictedLabelColumnName}' has {string.Join(", ", predictedNames)}. "
                + "Give both the same classes in the same order.", nameof(predictedLabelColumnName));
        }
        _classNames = names;
    }

    public SegmentationMetrics Evaluate()
    {
        var confusion = new ConfusionMatrix(_classNames.Count);
        VBuffer<uint> label = default, predicted = default;
        using DataViewRowCursor cursor = _data.GetRowCursor([_label, _predicted]);
        ValueGetter<VBuffer<uint>> getLabel = cursor.GetGetter<VBuffer<uint>>(_label);
        ValueGetter<VBuffer<uint>> getPredicted = cursor.GetGetter<VBuffer<uint>>(_predicted);
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            getPredicted(ref predicted);
            if (label.Length != predicted.Length)
            {
                throw new InvalidOperationException(
                    $"Row {cursor.Position} has a mask of {label.Length} pixels in column '{_label.Name}' and one of {predicted.Length} in '{_predicted.Name}': "
                    + "a mask must have its image's size.");
            }
            confusion.Add(Dense(label), Dense(predicted));
        }
        return new SegmentationMetrics(confusion, _classNames);
    }

    private static ReadOnlySpan<uint> Dense(VBuffer<uint> keys) => keys.IsDense ? keys.GetValues() : keys.DenseValues().ToArray();
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>Reads two mask columns and measures.</summary>
internal sealed class MaskEvaluator
{
    /// <summary>The key under which an error about a row's masks holds the row's position.</summary>
    public const string RowOfError = "Row";

    private readonly IDataView _data;
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _predicted;
    private readonly DataViewSchema.Column? _confidence;
    private readonly DataViewSchema.Column? _image;
    private readonly SegmentationEvaluationOptions _options;
    private readonly IReadOnlyList<string> _classNames;

    public MaskEvaluator(
        IDataView data, string labelColumnName, string predictedLabelColumnName, SegmentationEvaluationOptions options)
    {
        options.Validate();
        _data = data;
        _options = options;
        _label = ColumnTypes.Find(data.Schema, labelColumnName, nameof(labelColumnName));
        _predicted = ColumnTypes.Find(data.Schema, predictedLabelColumnName, nameof(predictedLabelColumnName));
        _confidence = options.ConfidenceColumnName is { } confidence ? FindConfidence(data.Schema, confidence) : null;
        _image = options.Boundaries && FixedSize(_label) is null ? FindImage(data.Schema, options.ImageColumnName) : null;
        string[] names = MaskColumns.ClassNames(_label, nameof(labelColumnName));
        string[] predictedNames = MaskColumns.ClassNames(_predicted, nameof(predictedLabelColumnName));
        bool isReordered = !names.SequenceEqual(predictedNames) && names.Order().SequenceEqual(predictedNames.Order());
        if (names.Length != predictedNames.Length || isReordered)
        {
            throw new ArgumentException(
                $"The column '{labelColumnName}' has the classes {ClassText.Join(names)}, but '{predictedLabelColumnName}' "
                + $"has {ClassText.Join(predictedNames)}. "
                + "Give both the same classes in the same order.", nameof(predictedLabelColumnName));
        }
        _classNames = names;
    }

    /// <summary>Reads every row once.</summary>
    /// <param name="observe">Sees the masks of each row; null for nobody.</param>
    public SegmentationMetrics Evaluate(MaskPairObserver? observe = null)
    {
        int classes = _classNames.Count;
        PixelConfusionMatrix all = new(classes), one = new(classes);
        var perImage = new PerImageIoU();
        BoundaryIoU? boundaryIoU = _options.Boundaries ? new BoundaryIoU(classes, _options.BoundaryWidth) : null;
        BoundaryF1? boundaryF1 = _options.Boundaries ? new BoundaryF1(classes, _options.BoundaryTolerance) : null;
        CalibrationError? calibration = _confidence is null ? null : new CalibrationError();
        VBuffer<uint> label = default, predicted = default;
        VBuffer<float> confidence = default;
        using DataViewRowCursor cursor = _data.GetRowCursor(
            new[] { _label, _predicted, _confidence, _image }.OfType<DataViewSchema.Column>());
        ValueGetter<VBuffer<uint>> getLabel = cursor.GetGetter<VBuffer<uint>>(_label);
        ValueGetter<VBuffer<uint>> getPredicted = cursor.GetGetter<VBuffer<uint>>(_predicted);
        ValueGetter<VBuffer<float>>? getConfidence = _confidence is { } column ? cursor.GetGetter<VBuffer<float>>(column) : null;
        ImageColumnReader? image = _image is { } images ? new ImageColumnReader(cursor, images) : null;
        while (cursor.MoveNext())
        {
            getLabel(ref label);
            getPredicted(ref predicted);
            CheckLength(cursor, label.Length, _predicted, predicted.Length);
            ReadOnlySpan<uint> truth = Dense(label), found = Dense(predicted);
            one.Clear();
            one.Add(truth, found);
            all.Merge(one);
            perImage.Add(one);
            observe?.Invoke(truth, found, one);
            if (getConfidence is not null)
            {
                getConfidence(ref confidence);
                CheckLength(cursor, label.Length, _confidence!.Value, confidence.Length);
                calibration!.Add(truth, found, Dense(confidence));
            }
            if (boundaryIoU is null) continue;
            (int width, int height) = FixedSize(_label) ?? SizeOf(image!.Read());
            boundaryIoU.Add(truth, found, width, height);
            boundaryF1!.Add(truth, found, width, height);
        }
        return new SegmentationMetrics(all, _classNames, boundaryIoU, boundaryF1)
        {
            MeanImageIoU = perImage.Mean,
            MeanIoUInterval = _options.BootstrapResamples == 0 || perImage.Images == 0
                ? null
                : perImage.Bootstrap(_options.BootstrapResamples, _options.BootstrapSeed),
            ExpectedCalibrationError = calibration?.Value,
        };
    }

    private void CheckLength(DataViewRow row, int labels, DataViewSchema.Column column, int values)
    {
        if (labels == values) return;
        var error = new InvalidOperationException(
            $"Row {row.Position} has a mask of {labels} pixels in column '{_label.Name}' and one of {values} in '{column.Name}': "
            + (labels == 0
                ? "masks of no pixels are what ReadMasks gives for rows without its column of files, so there is nothing to "
                    + "compare with."
                : "a mask must have its image's size."));
        error.Data[RowOfError] = row.Position;
        throw error;
    }

    private static ReadOnlySpan<T> Dense<T>(VBuffer<T> values) =>
        values.IsDense ? values.GetValues() : values.DenseValues().ToArray();

    private static (int Width, int Height) SizeOf(MLImage image) => (image.Width, image.Height);

    /// <summary>The size of every mask in a column that promises one; null for masks of any size.</summary>
    private static (int Width, int Height)? FixedSize(DataViewSchema.Column mask) =>
        mask.Type is VectorDataViewType { Dimensions: [> 0 and int height, > 0 and int width] } ? (width, height) : null;

    private static DataViewSchema.Column FindConfidence(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = ColumnTypes.Find(schema, name, "options");
        return column.Type is VectorDataViewType { ItemType.RawType: var type } && type == typeof(float)
            ? column
            : throw ColumnTypes.Mismatch(name, "probabilities, Vector<Single>", column.Type, "options");
    }

    private static DataViewSchema.Column FindImage(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = ColumnTypes.Find(schema, name, "options");
        return column.Type is ImageDataViewType
            ? column
            : throw ColumnTypes.Mismatch(name, "an image, for the width of the masks", column.Type, "options");
    }
}

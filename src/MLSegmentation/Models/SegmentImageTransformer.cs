using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Segments the images of a column with an ONNX model. Adds the mask, one key a pixel, row by row (0 no class, k + 1 class k; the annotation
/// KeyValues holds the class names), and on request a column of confidences, an overlay image and a column of errors. Data is scored a few
/// rows ahead of whoever reads it. Cursors and threads may share the transformer; they share one session of ONNX Runtime.
/// </summary>
public sealed class SegmentImageTransformer : RowToRowTransformer, IDisposable
{
    private readonly SegmentImageSetup _setup;
    private readonly OnnxSession _session;
    private readonly OnnxModelSource _model;
    private long _skipped;

    internal SegmentImageTransformer(SegmentImageSetup setup, OnnxModelSource model)
        : base(setup.InputColumnName)
    {
        _setup = setup;
        _model = model;
        _session = setup.Scoring.OpenSession(model, ExecutionDevice.Cpu, nameof(SegmentImageTransformer), OwnershipAdvice);
    }

    /// <summary>The name of the mask column.</summary>
    public string OutputColumnName => _setup.OutputColumnName;

    /// <summary>The options, with class names, palette, sizing and range filled in from the model where they were left to it.</summary>
    public SegmentImageOptions Options => _setup.Options;

    /// <summary>What the model says about itself.</summary>
    public OnnxModelInfo ModelInfo => _setup.Scoring.Model;

    /// <summary>The model: the content of an <c>.onnx</c> file, read anew each time where the model was given as a file.</summary>
    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    /// <exception cref="InvalidDataException">The file has another content than when it was opened.</exception>
    public ReadOnlyMemory<byte> Model => _model.Read();

    /// <summary>Rows that were left out for a bad image so far, by all cursors (<see cref="BadImagePolicy.Skip"/>).</summary>
    public long SkippedRows => Interlocked.Read(ref _skipped);

    /// <summary>How often the model has run.</summary>
    internal long Runs => _session.Runs;

    private protected override bool IsRowToRowMapper => Options.BadImagePolicy != BadImagePolicy.Skip;

    /// <summary>
    /// Waits for images being scored, then frees the model's memory. Reading a column of this transformer afterwards throws
    /// <see cref="ObjectDisposedException"/>. A <c>PredictionEngine</c> does this when it is disposed of, unless it is made with
    /// <c>new PredictionEngineOptions { OwnsTransformer = false }</c>.
    /// </summary>
    public void Dispose() => _session.Dispose();

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static SegmentImageTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        OnnxModelSource model = state.RequireModel();
        var scoring = SegmentImageSetup.Scored(OnnxModelInfo.Of(model), model.Name, settings.Options);
        return new SegmentImageTransformer(new SegmentImageSetup(settings.OutputColumnName, settings.InputColumnName, scoring), model);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, Options), _model.Read());

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(DataViewSchema.Column input)
    {
        ImageDataViewType image = SegmentImageSetup.ImageOf(input), mask = _setup.MaskSizeFor(image);
        List<OutputColumn> columns = [ColumnTypes.Mask(OutputColumnName, _setup.Scoring.ClassNames, mask)];
        if (Options.ConfidenceColumnName is { } confidence)
            columns.Add(new OutputColumn(confidence, ColumnTypes.PerPixel(NumberDataViewType.Single, mask)));
        if (Options.OverlayColumnName is { } overlay) columns.Add(new OutputColumn(overlay, image));
        if (Options.ErrorColumnName is { } error) columns.Add(new OutputColumn(error, TextDataViewType.Instance));
        if (Options.WidthColumnName is { } width) columns.Add(new OutputColumn(width, NumberDataViewType.Int32));
        if (Options.HeightColumnName is { } height) columns.Add(new OutputColumn(height, NumberDataViewType.Int32));
        return columns;
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active) =>
        Open(row, input, active).Getters;

    /// <summary>What is computed of one row; <see cref="RowOutputs.Compute"/> counts the rows that are left out.</summary>
    internal RowOutputs Open(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active)
    {
        string?[] names =
        [
            OutputColumnName, Options.ConfidenceColumnName, Options.OverlayColumnName, Options.ErrorColumnName, Options.WidthColumnName,
            Options.HeightColumnName,
        ];
        int[] places = [.. names.Select((name, index) => name is null ? -1 : names.Take(index).Count(before => before is not null))];
        bool IsActive(int column) => places[column] >= 0 && active[places[column]];

        var source = new RowImageSource(row, input, Options.SampleRange, needsImage: IsActive(2));
        var scorer = new ImageScorer(_session, _setup.Scoring);
        ImageDataViewType maskSize = _setup.MaskSizeFor(SegmentImageSetup.ImageOf(input));
        var result = new RowValue<SegmentedImage>(row, () => Score(source, scorer, maskSize));

        var getters = new Delegate?[active.Count];
        if (IsActive(0))
            getters[places[0]] = (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> mask) => ColumnTypes.Copy(result.Get().Mask, ref mask));
        if (IsActive(1))
            getters[places[1]] = (ValueGetter<VBuffer<float>>)((ref VBuffer<float> values) => ColumnTypes.Copy(result.Get().Confidence, ref values));
        if (IsActive(2))
            getters[places[2]] = (ValueGetter<MLImage>)((ref MLImage drawn) => Draw(source, result.Get(), ref drawn));
        if (IsActive(3))
            getters[places[3]] = (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> error) => error = result.Get().Error.AsMemory());
        if (IsActive(4))
            getters[places[4]] = (ValueGetter<int>)((ref int width) => width = result.Get().Width);
        if (IsActive(5))
            getters[places[5]] = (ValueGetter<int>)((ref int height) => height = result.Get().Height);
        return new RowOutputs(getters, () => TryCompute(result));
    }

    private protected override IDataView Apply(IDataView input) => new SegmentedDataView(this, input);

    private SegmentedImage Score(RowImageSource source, ImageScorer scorer, ImageDataViewType maskSize)
    {
        try
        {
            return scorer.Score(source.Read());
        }
        catch (Exception error) when (Options.BadImagePolicy != BadImagePolicy.Throw && BadImage.Is(error))
        {
            return scorer.Reject(error.Message, maskSize.Width, maskSize.Height);
        }
        finally
        {
            // Whoever goes from row to row may wait for another image meanwhile.
            scorer.ReturnShare();
        }
    }

    private bool TryCompute(RowValue<SegmentedImage> result)
    {
        try
        {
            bool isKept = result.Get().Error is null || Options.BadImagePolicy != BadImagePolicy.Skip;
            if (!isKept) Interlocked.Increment(ref _skipped);
            return isKept;
        }
        catch (Exception)
        {
            // The getter throws it: to those who ask for the column, and at the row that it belongs to.
            return true;
        }
    }

    private void Draw(RowImageSource source, SegmentedImage result, ref MLImage drawn)
    {
        // Images are native memory that the garbage collector does not see: like ML.NET's own, this frees the last row's.
        drawn?.Dispose();
        drawn = null!;
        if (result.Error is null) drawn = MaskOverlay.Draw(source.Image, result.Mask, _setup.Scoring.Palette, Options.OverlayOpacity);
    }

    private sealed record Settings(string OutputColumnName, string InputColumnName, SegmentImageOptions Options);
}

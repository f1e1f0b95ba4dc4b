using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Onnx;

namespace MLSegmentation.Transforms;

/// <summary>
/// Gives the images of a column one class each with an ONNX model. Adds the class, a key (0 none, k + 1 class k; the annotation
/// KeyValues
/// holds the class names), and the probability of each class. Cursors and threads may share it; they share one session of ONNX
/// Runtime.
/// </summary>
public sealed class ClassifyImageTransformer : RowToRowTransformer, IDisposable
{
    private readonly ClassificationSetup _setup;
    private readonly OnnxSession _session;
    private readonly byte[] _model;

    internal ClassifyImageTransformer(ClassificationSetup setup, byte[] model)
        : base(setup.InputColumnName)
    {
        _setup = setup;
        _model = model;
        _session = new OnnxSession(model, setup.Model, setup.Options.Threads, nameof(ClassifyImageTransformer));
    }

    /// <summary>The name of the column with the class.</summary>
    public string OutputColumnName => _setup.OutputColumnName;

    /// <summary>The options, with class names and sizing filled in from the model where they were left to it.</summary>
    public ClassifyImageOptions Options => _setup.Options;

    /// <summary>What the model says about itself.</summary>
    public OnnxModelInfo ModelInfo => _setup.Model;

    /// <summary>The model: the content of an <c>.onnx</c> file.</summary>
    public ReadOnlyMemory<byte> Model => _model;

    /// <summary>How often the model has run.</summary>
    internal long Runs => _session.Runs;

    /// <inheritdoc cref="SegmentImageTransformer.Dispose"/>
    public void Dispose() => _session.Dispose();

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static ClassifyImageTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        byte[] model = state.RequireModel();
        const string Source = "The model in the zip";
        OnnxModelInfo info = OnnxModelInfo.FromBytes(model, Source);
        var setup = new ClassificationSetup(settings.OutputColumnName, settings.InputColumnName, info, Source, settings.Options);
        return new ClassifyImageTransformer(setup, model);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, Options), _model);

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(DataViewSchema.Column input)
    {
        ColumnTypes.RequireImage(input);
        IReadOnlyList<string> names = _setup.ClassNames;
        var key = new KeyDataViewType(typeof(uint), names.Count);
        var scores = new VectorDataViewType(NumberDataViewType.Single, names.Count);
        List<OutputColumn> columns = [new(OutputColumnName, key, ColumnTypes.KeyValues(names))];
        if (Options.ScoreColumnName is { } score) columns.Add(new OutputColumn(score, scores, ColumnTypes.SlotNames(names)));
        return columns;
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active)
    {
        var reader = new ImageColumnReader(row, input);
        var scorer = new ClassifiedImage(_session, _setup);
        var result = new RowValue<ClassifiedImage>(row, () => scorer.Score(reader.Read()));

        var getters = new Delegate?[active.Count];
        if (active[0]) getters[0] = (ValueGetter<uint>)((ref uint key) => key = result.Get().Key);
        if (active.Count > 1 && active[1])
        {
            getters[1] = (ValueGetter<VBuffer<float>>)((ref VBuffer<float> scores) =>
                ColumnTypes.Copy(result.Get().Scores, ref scores));
        }
        return getters;
    }

    private sealed record Settings(string OutputColumnName, string InputColumnName, ClassifyImageOptions Options);
}

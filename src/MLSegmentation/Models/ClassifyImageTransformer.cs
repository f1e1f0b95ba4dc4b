using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

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
    private readonly OnnxModelSource _model;

    internal ClassifyImageTransformer(ClassificationSetup setup, OnnxModelSource model)
        : base(setup.InputColumnName)
    {
        _setup = setup;
        _model = model;
        _session = OnnxSession.Open(model, setup.Model, output: null, setup.Options.Threads, ExecutionDevice.Cpu, nameof(ClassifyImageTransformer), OwnershipAdvice);
    }

    /// <summary>The name of the column with the class.</summary>
    public string OutputColumnName => _setup.OutputColumnName;

    /// <summary>The options, with class names and sizing filled in from the model where they were left to it.</summary>
    public ClassifyImageOptions Options => _setup.Options;

    /// <summary>What the model says about itself.</summary>
    public OnnxModelInfo ModelInfo => _setup.Model;

    /// <summary>The model: the content of an <c>.onnx</c> file, read anew each time where the model was given as a file.</summary>
    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    /// <exception cref="InvalidDataException">The file has another content than when it was opened.</exception>
    public ReadOnlyMemory<byte> Model => _model.Read();

    /// <summary>How often the model has run.</summary>
    internal long Runs => _session.Runs;

    /// <inheritdoc cref="SegmentImageTransformer.Dispose"/>
    public void Dispose() => _session.Dispose();

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static ClassifyImageTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        OnnxModelSource model = state.RequireModel();
        OnnxModelInfo info = OnnxModelInfo.Of(model);
        var setup = new ClassificationSetup(settings.OutputColumnName, settings.InputColumnName, info, model.Name, settings.Options);
        return new ClassifyImageTransformer(setup, model);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, Options), _model.Read());

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

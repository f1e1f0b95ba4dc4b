using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Passes the images of a column through an autoencoder. Adds the reconstruction, an image in the size of the incoming one, the latent vector
/// and the reconstruction error, and on request an error map and an anomaly score. Cursors and threads may share it; they share one session of ONNX Runtime.
/// </summary>
public sealed class ReconstructImageTransformer : RowToRowTransformer, IDisposable
{
    private readonly ReconstructionSetup _setup;
    private readonly OnnxSession _session;
    private readonly OnnxModelSource _model;

    internal ReconstructImageTransformer(ReconstructionSetup setup, OnnxModelSource model)
        : base(setup.InputColumnName)
    {
        _setup = setup;
        _model = model;
        _session = OnnxSession.Open(model, setup.Model, output: null, setup.Options.Threads, ExecutionDevice.Cpu, nameof(ReconstructImageTransformer), OwnershipAdvice);
    }

    /// <summary>The name of the column with the reconstruction.</summary>
    public string OutputColumnName => _setup.OutputColumnName;

    /// <summary>The options, with the sizing filled in from the model where it was left to it.</summary>
    public ReconstructImageOptions Options => _setup.Options;

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
    internal static ReconstructImageTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        OnnxModelSource model = state.RequireModel();
        OnnxModelInfo info = OnnxModelInfo.Of(model);
        return new ReconstructImageTransformer(
            new ReconstructionSetup(settings.OutputColumnName, settings.InputColumnName, info, model.Name, settings.Options), model);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, Options), _model.Read());

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(DataViewSchema.Column input)
    {
        ImageDataViewType image = ColumnTypes.RequireImage(input);
        List<OutputColumn> columns = [new(OutputColumnName, image)];
        if (Options.LatentColumnName is { } latent)
        {
            int size = Math.Max(0, _setup.Latent!.Dimensions[1]);
            columns.Add(new OutputColumn(latent, new VectorDataViewType(NumberDataViewType.Single, size)));
        }
        if (Options.ErrorColumnName is { } error) columns.Add(new OutputColumn(error, NumberDataViewType.Single));
        if (Options.ErrorMapColumnName is { } map) columns.Add(new OutputColumn(map, ColumnTypes.PerPixel(NumberDataViewType.Single, image)));
        if (Options.AnomalyScoreColumnName is { } score) columns.Add(new OutputColumn(score, NumberDataViewType.Single));
        return columns;
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active)
    {
        var reader = new ImageColumnReader(row, input);
        var scorer = new ReconstructedImage(_session, _setup, Options.LatentColumnName is not null && active[1]);
        var result = new RowValue<ReconstructedImage>(row, () => scorer.Score(reader.Read()));

        // In the order of DescribeOutputs.
        List<Delegate> getters = [Image(() => result.Get().Draw())];
        if (Options.LatentColumnName is not null) getters.Add(Vector(() => result.Get().Latent));
        if (Options.ErrorColumnName is not null) getters.Add(Number(() => result.Get().Error()));
        if (Options.ErrorMapColumnName is not null) getters.Add(Vector(() => result.Get().ErrorMap()));
        if (Options.AnomalyScoreColumnName is not null) getters.Add(Number(() => result.Get().AnomalyScore()));
        return [.. getters.Select((getter, index) => active[index] ? getter : null)];
    }

    private static ValueGetter<MLImage> Image(Func<MLImage> draw) => (ref MLImage drawn) =>
    {
        MLImage image = draw();

        // Images are native memory that the garbage collector does not see: like ML.NET's own, this frees the last row's.
        drawn?.Dispose();
        drawn = image;
    };

    private static ValueGetter<VBuffer<float>> Vector(Func<float[]> compute) =>
        (ref VBuffer<float> values) => ColumnTypes.Copy(compute(), ref values);

    private static ValueGetter<float> Number(Func<float> compute) => (ref float value) => value = compute();

    private sealed record Settings(string OutputColumnName, string InputColumnName, ReconstructImageOptions Options);
}

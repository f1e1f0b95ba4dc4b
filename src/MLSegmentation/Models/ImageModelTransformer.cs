using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// A transformer that runs an ONNX model on the images of a column, or on the image files that a column of paths names. Data is
/// scored a few rows ahead of whoever reads it. Cursors and threads may share the transformer; they share one session of ONNX
/// Runtime.
/// </summary>
/// <typeparam name="TOptions">The options.</typeparam>
public abstract class ImageModelTransformer<TOptions> : RowTransformer, IDisposable
    where TOptions : ImageModelOptions
{
    private const string OwnershipAdvice =
        " A PredictionEngine disposes of its transformer with itself: make it with new PredictionEngineOptions { OwnsTransformer "
        + "= false } where the transformer is used elsewhere too, and dispose of the transformer last.";

    private readonly ImageModelSetup<TOptions> _setup;
    private readonly OnnxSession _session;
    private readonly IHostEnvironment _env;
    private long _skipped;

    private protected ImageModelTransformer(ImageModelSetup<TOptions> setup, IHostEnvironment env)
        : base(setup.InputColumnName)
    {
        _setup = setup;
        _env = env.Register(GetType().Name);
        _session = OnnxSession.Open(
            setup.Source, setup.Model, setup.OnlyOutput, setup.ScoredOutput, setup.Options, HostEnvironment.DeviceOf(_env),
            GetType().Name, OwnershipAdvice);
    }

    /// <summary>The name of the column with what the model makes of an image.</summary>
    public string OutputColumnName => _setup.OutputColumnName;

    /// <summary>The name of the column with the images or their paths.</summary>
    public string InputColumnName => _setup.InputColumnName;

    /// <summary>The options, with everything filled in that they left to the model.</summary>
    public TOptions Options => _setup.Options;

    /// <summary>What the model says about itself.</summary>
    public OnnxModelInfo ModelInfo => _setup.Model;

    /// <summary>
    /// The model: the content of an <c>.onnx</c> file, read anew each time where the model was given as a file.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    /// <exception cref="InvalidDataException">The file has another content than when it was opened.</exception>
    public ReadOnlyMemory<byte> Model => _setup.Source.Read();

    /// <summary>
    /// Rows that were left out for a bad image so far, by all cursors (<see cref="BadImagePolicy.Skip"/>). Where a reader stops
    /// before the end, those of the few rows that were scored ahead of it count too.
    /// </summary>
    public long SkippedRows => Interlocked.Read(ref _skipped);

    /// <summary>
    /// What the model runs on: the <see cref="ImageModelOptions.ExecutionProvider"/> that was asked for, or the one that took
    /// over, of which <c>MLContext.Log</c> has a warning. ONNX Runtime may still compute single operators on the CPU. Null where
    /// <c>OnnxSessionOptions.CreateSessionOptions</c> of the <c>MLContext</c> decided, which alone knows.
    /// </summary>
    public ExecutionProvider? ExecutionProviderInUse => _session.Provider;

    /// <summary>How often the model has run.</summary>
    internal long Runs => _session.Runs;

    internal sealed override bool SkipsRows => Options.BadImagePolicy == BadImagePolicy.Skip;

    internal sealed override bool ReadsAhead => true;

    /// <summary>
    /// Waits for images being scored, then frees the model's memory. Reading a column of this transformer afterwards throws
    /// <see cref="ObjectDisposedException"/>. A <c>PredictionEngine</c> does this when it is disposed of, unless it is made with
    /// <c>new PredictionEngineOptions { OwnsTransformer = false }</c>.
    /// </summary>
    public void Dispose() => _session.Dispose();

    internal sealed override TransformerState GetState() =>
        TransformerState.Create(new ImageModelState<TOptions>(OutputColumnName, InputColumnName, Options), _setup.Source.Read());

    internal sealed override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs) =>
        _setup.DescribeOutputs(inputs);

    internal sealed override Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted)
    {
        var images = new RowImageSource(row, inputs[0].Data, Options.SampleRange);
        ScoredRow scorer = _setup.CreateRow(_session, images, inputs[0].RequireImageOrPath(), wanted);
        return new RowValue<ScoredRow>(row, () => Score(scorer)).Get;
    }

    internal sealed override string? ComputeAhead(Func<object> row)
    {
        try
        {
            if (((ScoredRow)row()).Error is not { } error || !SkipsRows) return null;
            Interlocked.Increment(ref _skipped);
            return error;
        }
        catch (Exception)
        {
            // The getter throws it: to those who ask for the column, and at the row that it belongs to.
            return null;
        }
    }

    internal sealed override void ReportSkipped(long rows, string first) =>
        HostEnvironment.Warn(_env, "Score", $"{Plural.Of(rows, "row")} left out for a bad image. The first: {first}");

    private ScoredRow Score(ScoredRow scorer)
    {
        try
        {
            scorer.ScoreRow();
        }
        catch (Exception error) when (Options.BadImagePolicy != BadImagePolicy.Throw && BadImage.Is(error))
        {
            scorer.RejectRow(error.Message);
        }
        return scorer;
    }
}

using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// One session of ONNX Runtime, shared by everybody who scores with a model: runs may overlap, and disposing waits for those in
/// flight.
/// </summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OnnxModelInfo _model;
    private readonly SegmentationOutput? _scores;
    private readonly OnnxOutputSize _outputSize;
    private readonly RunsInFlight _inFlight;
    private readonly Turns _turns;
    private readonly InputConverter _input;
    private readonly ScoreGrowthCheck _growth;
    private readonly SizeMultipleTrial _multiple;
    private long _runs;

    private OnnxSession(OpenedSession opened, OnnxModelInfo model, SegmentationOutput? scores, RunsInFlight inFlight)
    {
        (_session, _model, _scores, _inFlight) = (opened.Session, model, scores, inFlight);
        Provider = opened.Provider;
        _outputSize = new OnnxOutputSize(model, scores);
        _turns = new Turns(opened.RunsAtOnce);
        _input = InputConverter.For(model.InputFormat);
        _multiple = new SizeMultipleTrial(model);
        _growth = new ScoreGrowthCheck(_session, model, _input, scores, _outputSize);
    }

    /// <summary>Whether the only output was one of probabilities and gives what their softmax would be given.</summary>
    public bool GivesLogits { get; private init; }

    /// <summary>What it runs on; null where session options of the application's own decided.</summary>
    public ExecutionProvider? Provider { get; }

    /// <summary>Arrays for the images of runs.</summary>
    public TensorPool<float> Tensors { get; } = new();

    /// <summary>How often the graph has run.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Opens a model.</summary>
    /// <param name="source">The model.</param>
    /// <param name="info">What it says about itself.</param>
    /// <param name="output">The only output that will be asked for; null for any.</param>
    /// <param name="scores">The output whose size is limited by that of the image; null for none.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="device">Where it runs, as far as the options leave that open.</param>
    /// <param name="owner">The type that errors about a use after disposing name.</param>
    /// <param name="advice">What else these errors say; null for nothing.</param>
    /// <exception cref="InvalidDataException">The model cannot be run, or needs more than an image.</exception>
    /// <exception cref="InvalidOperationException">What it is to run on cannot be used.</exception>
    public static OnnxSession Open(
        OnnxModelSource source, OnnxModelInfo info, string? output, SegmentationOutput? scores, ImageModelOptions options,
        ExecutionDevice device, string owner, string? advice = null)
    {
        if (info.Inputs.FirstOrDefault(input => input != info.ImageInput) is { } other)
        {
            throw new InvalidDataException(
                $"{source.Name} needs an input {other} besides the image {info.ImageInput}, expected the image alone. Export it "
                + "with that input as a constant.");
        }
        bool givesLogits = false;
        OpenedSession opened = LoadingMemory.Load(output is null ? source.Read : source.ReadCopy, model =>
        {
            if (output is not null && info.Outputs.Count > 1) OnnxOutputs.KeepOnly(model, output);
            givesLogits = output is not null && IsSoftmaxNeedless(info, scores) && OnnxSoftmax.TrySkip(model, output);
            return new SessionOpening(info, options, device, native => OnnxModelFile.Open(model, source.Name, native)).Open();
        });
        return new OnnxSession(opened, info, scores, new RunsInFlight(owner, advice)) { GivesLogits = givesLogits };
    }

    /// <summary>Runs the graph on images.</summary>
    /// <param name="images">The images as [N,C,H,W], prepared; the graph is given them in the form that it takes.</param>
    /// <param name="count">
    /// N; more than 1 only where the graph takes them. Where it takes a fixed number, its outputs are for as many, of which the
    /// first N are those of the images.
    /// </param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="outputs">The names of the outputs to compute.</param>
    /// <param name="cancellation">
    /// Ends the run: after the operator that is being computed, also within a loop of the graph.
    /// </param>
    /// <returns>The outputs, which the caller disposes of.</returns>
    /// <exception cref="ObjectDisposedException">The session was disposed of.</exception>
    /// <exception cref="InvalidOperationException">
    /// The graph cannot take the image, or its outputs are too large for it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public OnnxResults Run(
        float[] images, int count, int height, int width, IReadOnlyCollection<string> outputs,
        CancellationToken cancellation = default)
    {
        OnnxResults results = Execute(images, count, height, width, outputs, cancellation);
        Interlocked.Increment(ref _runs);
        return results;
    }

    /// <summary>
    /// What height and width must be multiples of, as trying the model shows; 1 where it shows nothing. The first call tries.
    /// TensorRT builds an engine for each size, in up to minutes, and is not tried.
    /// </summary>
    /// <param name="output">The output that is read.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ObjectDisposedException">The session was disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public int FindSizeMultiple(string output, CancellationToken cancellation = default) =>
        Provider == ExecutionProvider.TensorRt ? 1 : _multiple.Find((height, width) =>
        {
            using OnnxResults results = Execute(
                new float[_model.Channels * height * width], 1, height, width, [output], cancellation);
            long[] shape = results[0].GetTensorTypeAndShape().Shape;
            return SizeOf(output, shape) ?? (height, width);
        });

    /// <summary>Waits for the runs in flight, then frees the model's memory.</summary>
    public void Dispose()
    {
        if (!_inFlight.Close()) return;
        _session.Dispose();
        Tensors.Close();
        _input.Close();
    }

    private OnnxResults Execute(
        float[] images, int count, int height, int width, IReadOnlyCollection<string> outputs, CancellationToken cancellation)
    {
        foreach (string name in outputs) _outputSize.CheckDeclared(name, height, width);
        _inFlight.Enter();
        IDisposableReadOnlyCollection<OrtValue>? results = null;
        try
        {
            results = Compute(images, count, height, width, outputs, cancellation);
            foreach (var (name, result) in outputs.Zip(results))
                _outputSize.Check(name, result.GetTensorTypeAndShape().Shape, height, width);
            return new OnnxResults(results, _inFlight.Exit);
        }
        catch
        {
            results?.Dispose();
            _inFlight.Exit();
            throw;
        }
    }

    // An output of no image's size, such as a classifier's, is in proportion to each.
    private (long Height, long Width)? SizeOf(string output, long[] shape)
    {
        if (output == _scores?.Name)
            return shape.Length == _scores.Value.Dimensions.Count ? (shape[_scores.HeightAxis], shape[_scores.WidthAxis]) : null;
        if (shape.Length != 4) return null;
        return _model.InputFormat.Layout == TensorLayout.ChannelsFirst ? (shape[2], shape[3]) : (shape[1], shape[2]);
    }

    // Whoever says that scores are logits means what the graph answers, with the softmax that it may end in.
    private static bool IsSoftmaxNeedless(OnnxModelInfo info, SegmentationOutput? scores) =>
        scores is null || info.Metadata.Task.Length > 0
        || (scores is { Kind: null or ScoreKind.Probabilities, ClassAxis: 1, Channels: not 1, Value.Dimensions.Count: 4 }
            && scores.Value.ElementType == typeof(float));

    private IDisposableReadOnlyCollection<OrtValue> Compute(
        float[] images, int count, int height, int width, IReadOnlyCollection<string> outputs, CancellationToken cancellation)
    {
        try
        {
            using var run = new RunOptions();
            using CancellationTokenRegistration ending = cancellation.Register(() => run.Terminate = true);
            if (_outputSize.IsUnknown(outputs)) _growth.Check(run, height, width, cancellation);
            return _turns.Take(
                () =>
                {
                    // Whoever waits holds no second tensor.
                    using InputTensor input = _input.Convert(images, count, height, width);
                    return _session.Run(run, [_model.ImageInput.Name], [input.Value], outputs);
                },
                cancellation);
        }
        catch (OnnxRuntimeException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new InvalidOperationException(
                $"The model cannot score an image brought to {width}×{height} pixels through its "
                + $"input {_model.ImageInput}. {OnnxErrorText.Of(error.Message)}. "
                + (_model.Height is null || _model.Width is null
                    ? "Set SizeMultiple where height and width must be multiples of a number, such as 32, or give another size."
                    : "Give the size that it takes."), error);
        }
    }
}

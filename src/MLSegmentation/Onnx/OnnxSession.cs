using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Onnx;

/// <summary>
/// One session of ONNX Runtime, shared by everybody who scores with a model: runs may overlap, and disposing waits for those in flight.
/// A disposed <see cref="InferenceSession"/> that runs, or is disposed of while it runs, takes the process down.
/// </summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _idle = new(true);
    private readonly InferenceSession _session;
    private readonly OnnxModelInfo _model;
    private readonly string _owner;
    private int _running;
    private bool _disposed;
    private long _runs;

    /// <summary>Opens a model.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="info">What it says about itself.</param>
    /// <param name="threads">The threads that one run uses; null for ONNX Runtime's default, one for each core.</param>
    /// <param name="owner">The type that errors about a use after disposing name.</param>
    public OnnxSession(byte[] model, OnnxModelInfo info, int? threads, string owner)
    {
        using SessionOptions options = OnnxModelFile.CreateOptions();
        if (threads is int count) options.IntraOpNumThreads = count;
        if (info.Height is null || info.Width is null)
        {
            // A plan is kept for every size that ever came, and the arena gives nothing back: for images of many sizes both only grow.
            options.EnableMemoryPattern = false;
            options.EnableCpuMemArena = false;
        }
        _session = OnnxModelFile.Open(model, "The model", options);
        _model = info;
        _owner = owner;
    }

    /// <summary>How often the graph has run.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Runs the graph on images.</summary>
    /// <typeparam name="T">What <paramref name="read"/> makes.</typeparam>
    /// <param name="images">The images as [N,C,H,W].</param>
    /// <param name="count">N; more than 1 only where the graph takes them.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="outputs">The names of the outputs to compute.</param>
    /// <param name="read">Takes what it needs from the outputs, which do not outlive the call.</param>
    /// <exception cref="ObjectDisposedException">The session was disposed of.</exception>
    /// <exception cref="InvalidOperationException">The graph cannot take the image.</exception>
    public T Run<T>(float[] images, int count, int height, int width, IReadOnlyCollection<string> outputs, Func<IReadOnlyList<OrtValue>, T> read)
    {
        Enter();
        try
        {
            long[] shape = [count, _model.Channels, height, width];
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, images.AsMemory(0, count * _model.Channels * height * width), shape);
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(run, [_model.ImageInput.Name], [input], outputs);
            Interlocked.Increment(ref _runs);
            return read(results);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidOperationException(
                $"The model cannot score an image brought to {width}×{height} pixels through its input {_model.ImageInput}: {error.Message}", error);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Waits for the runs in flight, then frees the model's memory.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
        }
        _idle.Wait();
        _session.Dispose();
    }

    private void Enter()
    {
        lock (_gate)
        {
            if (_disposed) throw new ObjectDisposedException(_owner);
            if (_running++ == 0) _idle.Reset();
        }
    }

    private void Exit()
    {
        lock (_gate)
        {
            if (--_running == 0) _idle.Set();
        }
    }
}

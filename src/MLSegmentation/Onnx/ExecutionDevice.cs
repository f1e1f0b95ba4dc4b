using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Where a model runs.</summary>
/// <param name="GpuDeviceId">The number of the NVIDIA GPU, counted from 0; null for the CPU.</param>
/// <param name="FallbackToCpu">Whether the CPU takes over where that GPU cannot be used; else opening a model throws.</param>
/// <param name="Warn">Is told that the CPU took over, and why; null where nobody listens.</param>
internal sealed record ExecutionDevice(int? GpuDeviceId, bool FallbackToCpu, Action<string>? Warn)
{
    private const string Cuda = "CUDAExecutionProvider";

    /// <summary>The processor.</summary>
    public static ExecutionDevice Cpu { get; } = new(null, FallbackToCpu: true, Warn: null);

    /// <summary>Opens a session on this device.</summary>
    /// <param name="createOptions">Makes the session's options, anew for each attempt.</param>
    /// <param name="open">Opens the session.</param>
    /// <exception cref="InvalidOperationException">The GPU cannot be used, and the CPU is not to take over.</exception>
    public InferenceSession Open(Func<SessionOptions> createOptions, Func<SessionOptions, InferenceSession> open)
    {
        if (GpuDeviceId is int gpu && TryOpenOn(gpu, createOptions, open) is { } session) return session;
        using SessionOptions options = createOptions();
        return open(options);
    }

    private InferenceSession? TryOpenOn(int gpu, Func<SessionOptions> createOptions, Func<SessionOptions, InferenceSession> open)
    {
        using SessionOptions options = createOptions();
        string[] providers = OrtEnv.Instance().GetAvailableProviders();
        if (!providers.Contains(Cuda))
        {
            return Refuse(
                gpu, $"the ONNX Runtime in use has no {Cuda}, only {string.Join(", ", providers)}. "
                + "Reference the package Microsoft.ML.OnnxRuntime.Gpu, and Microsoft.ML.OnnxRuntime with ExcludeAssets=\"all\": "
                + "its library for CPUs would be taken else", null);
        }
        try
        {
            options.AppendExecutionProvider_CUDA(gpu);
            return open(options);
        }
        catch (Exception error) when ((error as OnnxRuntimeException ?? error.InnerException) is OnnxRuntimeException cause)
        {
            // A model that the CPU cannot open either is itself at fault: this throws what is wrong with it. Where the CPU takes
            // over, it is opened there anyway.
            if (!FallbackToCpu)
            {
                using SessionOptions onCpu = createOptions();
                open(onCpu).Dispose();
            }
            return Refuse(
                gpu, $"{OnnxErrorText.Of(cause.Message)}. Check that the GPU is there, and that the CUDA and cuDNN libraries are "
                + "those that this version of Microsoft.ML.OnnxRuntime.Gpu needs", error);
        }
    }

    private InferenceSession? Refuse(int gpu, string why, Exception? cause)
    {
        string message = $"The GPU {gpu} was asked for (GpuDeviceId) and cannot be used: {why}.";
        if (!FallbackToCpu)
        {
            throw new InvalidOperationException(
                $"{message} Or leave GpuDeviceId out, or set FallbackToCpu to run on the CPU instead.", cause);
        }
        Warn?.Invoke($"{message} The model runs on the CPU.");
        return null;
    }
}

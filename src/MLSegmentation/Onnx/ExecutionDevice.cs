using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Where models run by what an <c>MLContext</c> says.</summary>
/// <param name="GpuDeviceId">The number of the NVIDIA GPU, counted from 0; null for the CPU.</param>
/// <param name="FallbackToCpu">Whether the CPU takes over where that GPU cannot be used; else opening a model throws.</param>
/// <param name="Warn">Is told that something else took over, and why; null where nobody listens.</param>
internal sealed record ExecutionDevice(int? GpuDeviceId, bool FallbackToCpu, Action<string>? Warn)
{
    /// <summary>The processor.</summary>
    public static ExecutionDevice Cpu { get; } = new(null, FallbackToCpu: true, Warn: null);

    /// <summary>
    /// Makes the options of each session, whatever else is said (<c>OnnxSessionOptions.CreateSessionOptions</c>); null where they
    /// are left to this library.
    /// </summary>
    public Func<SessionOptions?>? CreateOptions { get; init; }
}

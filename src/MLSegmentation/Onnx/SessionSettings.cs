using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>How a session of ONNX Runtime is set up, by what it runs on.</summary>
/// <param name="Facts">The execution provider.</param>
/// <param name="ProviderOptions">Its own options.</param>
/// <param name="Threads">The threads of a run; 0 for ONNX Runtime's choice.</param>
/// <param name="RunsAtOnce">The most runs at the same time; null for any number.</param>
/// <param name="CpuArena">Whether memory of the CPU is kept for later runs.</param>
internal sealed record SessionSettings(
    ProviderFacts Facts, IReadOnlyDictionary<string, string> ProviderOptions, int Threads, int? RunsAtOnce, bool CpuArena)
{
    /// <summary>
    /// The settings. Those of the CPU keep memory low and share out its cores; others have ONNX Runtime's defaults, but for what
    /// <see cref="ProviderFacts"/> says.
    /// </summary>
    /// <param name="provider">What the model runs on.</param>
    /// <param name="device">The number of the device; null where none was given.</param>
    /// <param name="size">The height and width that the network takes; null for any.</param>
    /// <param name="threads">The threads that one run is to use; null where nobody said.</param>
    /// <param name="cores">The cores of the machine.</param>
    public static SessionSettings For(
        ExecutionProvider provider, int? device, (int? Height, int? Width) size, int? threads, int cores)
    {
        ProviderFacts facts = ProviderTable.Of(provider);
        bool hasOneSize = size is (not null, not null);
        Dictionary<string, string> own = facts.Options(device, hasOneSize);
        if (provider != ExecutionProvider.Cpu)
            return new SessionSettings(facts, own, threads ?? 0, facts.RunsAtOnce, CpuArena: true);
        var shared = SessionThreads.For(size.Height, size.Width, threads, cores);

        // The arena gives nothing back: for images of many sizes it only grows.
        return new SessionSettings(facts, own, shared.Threads, shared.RunsAtOnce, CpuArena: hasOneSize);
    }

    /// <summary>Options of a session with these settings.</summary>
    /// <exception cref="OnnxRuntimeException">The execution provider cannot be loaded.</exception>
    public SessionOptions Create()
    {
        SessionOptions options = OnnxModelFile.CreateOptions();
        try
        {
            options.IntraOpNumThreads = Threads;
            options.EnableMemoryPattern = Facts.MemoryPatterns;
            options.EnableCpuMemArena = CpuArena;
            options.GraphOptimizationLevel = Facts.Optimization;
            Facts.Append(options, new Dictionary<string, string>(ProviderOptions));
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }
}

using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>What there is to know of an execution provider; <see cref="ProviderTable"/> has them.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Name">ONNX Runtime's name of it, as <see cref="OrtEnv.GetAvailableProviders"/> lists it.</param>
/// <param name="Package">Where a native library with it comes from, as the advice of an error.</param>
/// <param name="Needs">What it needs of the machine, as the advice of an error.</param>
internal sealed record ProviderFacts(ExecutionProvider Provider, string Name, string Package, string Needs)
{
    /// <summary>Whether <see cref="ExecutionProvider.Auto"/> takes it.</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>Whether a number chooses among devices.</summary>
    public bool HasDevices { get; init; }

    /// <summary>The provider's own options for a device number, and for images of one size or of any.</summary>
    public Func<int?, bool, Dictionary<string, string>> Options { get; init; } = (_, _) => [];

    /// <summary>Whether it takes memory patterns.</summary>
    public bool MemoryPatterns { get; init; } = true;

    /// <summary>The most runs at the same time; null for any number.</summary>
    public int? RunsAtOnce { get; init; }

    /// <summary>What ONNX Runtime changes in the graph before it gets it.</summary>
    public GraphOptimizationLevel Optimization { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>Adds it to a session's options, with its own.</summary>
    public Action<SessionOptions, Dictionary<string, string>> Append
    {
        get => field ?? ((options, own) => options.AppendExecutionProvider(Name, own));
        init;
    }

    /// <summary>Whether the native library in use has it.</summary>
    public bool IsOffered => ProviderTable.Offered().Contains(Name);
}

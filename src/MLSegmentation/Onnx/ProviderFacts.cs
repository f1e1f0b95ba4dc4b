using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>What there is to know of an execution provider; <see cref="All"/> has those that can be asked for by name.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Name">ONNX Runtime's name of it, as <see cref="OrtEnv.GetAvailableProviders"/> lists it.</param>
/// <param name="Package">Where a native library with it comes from, as the advice of an error.</param>
/// <param name="Needs">What it needs of the machine, as the advice of an error.</param>
internal sealed record ProviderFacts(ExecutionProvider Provider, string Name, string Package, string Needs)
{
    private const string InPlace =
        " in place of Microsoft.ML.OnnxRuntime, which is then referenced with ExcludeAssets=\"all\": its library would be taken "
        + "else";

    private const string OfNvidia = "Add the package Microsoft.ML.OnnxRuntime.Gpu.Linux or .Gpu.Windows" + InPlace;

    /// <summary>
    /// Each provider but <see cref="ExecutionProvider.Auto"/>, those that it takes in its order: fast ones of one maker first.
    /// </summary>
    public static IReadOnlyList<ProviderFacts> All { get; } =
    [
        new(
            ExecutionProvider.Cuda, "CUDAExecutionProvider", OfNvidia,
            "Check that the GPU and its driver are there, and the CUDA and cuDNN libraries that this version of "
            + "Microsoft.ML.OnnxRuntime.Gpu needs")
        {
            IsAutomatic = true,
            HasDevices = true,

            // ONNX Runtime's default measures every algorithm for every new size of images.
            Options = (device, hasOneSize) => new()
            {
                ["device_id"] = Number(device ?? 0),
                ["cudnn_conv_algo_search"] = hasOneSize ? "EXHAUSTIVE" : "HEURISTIC",
            },
            Append = (options, own) =>
            {
                using var cuda = new OrtCUDAProviderOptions();
                cuda.UpdateOptions(own);
                options.AppendExecutionProvider_CUDA(cuda);
            },
        },
        new(
            ExecutionProvider.DirectMl, "DmlExecutionProvider",
            "Add the package Microsoft.ML.OnnxRuntime.DirectML, which is for Windows," + InPlace,
            "Check that the GPU is there and takes DirectX 12")
        {
            IsAutomatic = true,
            HasDevices = true,
            Options = (device, _) => new() { ["device_id"] = Number(device ?? 0) },

            // https://onnxruntime.ai/docs/execution-providers/DirectML-ExecutionProvider.html, "Configuration Options": neither
            // patterns nor runs of one session at the same time.
            MemoryPatterns = false,
            RunsAtOnce = 1,
        },
        new(
            ExecutionProvider.CoreMl, "CoreMLExecutionProvider",
            "Run on a Mac, where the package Microsoft.ML.OnnxRuntime has it",
            "Check that the model's operators are those that it takes")
        {
            IsAutomatic = true,
        },
        new(
            ExecutionProvider.OpenVino, "OpenVINOExecutionProvider",
            "Add the package Intel.ML.OnnxRuntime.OpenVino" + InPlace,
            "Check that the OpenVINO libraries and the driver of the device are there")
        {
            IsAutomatic = true,
            HasDevices = true,
            Options = (device, _) => new() { ["device_type"] = device is int gpu ? $"GPU.{Number(gpu)}" : "AUTO" },

            // https://onnxruntime.ai/docs/execution-providers/OpenVINO-ExecutionProvider.html, "Onnxruntime Graph level
            // Optimization": OpenVINO does better with the graph as it is.
            Optimization = GraphOptimizationLevel.ORT_DISABLE_ALL,
        },
        new(
            ExecutionProvider.TensorRt, "TensorrtExecutionProvider", OfNvidia,
            "Check that the GPU and its driver are there, and the TensorRT, CUDA and cuDNN libraries that this version of "
            + "Microsoft.ML.OnnxRuntime.Gpu needs")
        {
            HasDevices = true,
            Options = (device, _) => new() { ["device_id"] = Number(device ?? 0) },
            Append = (options, own) =>
            {
                int device = int.Parse(own["device_id"], CultureInfo.InvariantCulture);

                // Without options of its own, it takes those of the environment, such as ORT_TENSORRT_ENGINE_CACHE_ENABLE.
                options.AppendExecutionProvider_Tensorrt(device);
                options.AppendExecutionProvider_CUDA(device);
            },
        },
        new(ExecutionProvider.Cpu, "CPUExecutionProvider", Package: "", Needs: "")
        {
            // Patterns make one block of what a run needs, beside the pieces that the first run had; they make runs no faster.
            MemoryPatterns = false,

            // ONNX Runtime adds it behind every other.
            Append = (_, _) => { },
        },
    ];

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
    public bool IsOffered => Offered().Contains(Name);

    /// <summary>ONNX Runtime's names of the providers that the native library in use has.</summary>
    public static string[] Offered()
    {
        OnnxLog.TurnOff();
        return OrtEnv.Instance().GetAvailableProviders();
    }

    /// <summary>The facts of a provider.</summary>
    public static ProviderFacts Of(ExecutionProvider provider) => All.Single(facts => facts.Provider == provider);

    /// <summary>Whether a number may stand beside a provider, as the options have it.</summary>
    public static bool HasDevicesToChoose(ExecutionProvider? provider) =>
        All.Any(facts => facts.Provider == provider && facts.HasDevices);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

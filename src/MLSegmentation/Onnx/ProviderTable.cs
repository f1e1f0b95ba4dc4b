using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>The execution providers that can be asked for by name.</summary>
internal static class ProviderTable
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
            Append = AppendTensorRt,
        },
        new(ExecutionProvider.Cpu, "CPUExecutionProvider", Package: "", Needs: "")
        {
            // Patterns make one block of what a run needs, beside the pieces that the first run had; they make runs no faster.
            MemoryPatterns = false,

            // ONNX Runtime adds it behind every other.
            Append = (_, _) => { },
        },
    ];

    /// <summary>ONNX Runtime's names of the providers that the native library in use has.</summary>
    public static string[] Offered()
    {
        OnnxLog.TurnOff();
        return OrtEnv.Instance().GetAvailableProviders();
    }

    /// <summary>The facts of a provider.</summary>
    public static ProviderFacts Of(ExecutionProvider provider) => All.Single(facts => facts.Provider == provider);

    /// <summary>
    /// Whether a number may stand beside a provider, as the options have it. Of <see cref="ExecutionProvider.Auto"/>, those that
    /// have devices heed it.
    /// </summary>
    public static bool HasDevicesToChoose(ExecutionProvider? provider) =>
        provider == ExecutionProvider.Auto || All.Any(facts => facts.Provider == provider && facts.HasDevices);

    private static void AppendTensorRt(SessionOptions options, Dictionary<string, string> own)
    {
        // This says which library is missing where one is; adding the provider does not.
        using (var check = new OrtTensorRTProviderOptions()) check.UpdateOptions(own);

        // Without options of its own, it takes those of the environment, such as ORT_TENSORRT_ENGINE_CACHE_ENABLE.
        int device = int.Parse(own["device_id"], CultureInfo.InvariantCulture);
        options.AppendExecutionProvider_Tensorrt(device);
        options.AppendExecutionProvider_CUDA(device);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

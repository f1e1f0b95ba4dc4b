using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Whether TorchSharp has a native library to compute with.</summary>
internal static class TorchBackend
{
    private const string LibTorch = "torch_cpu", Binding = "LibTorchSharp";

    // Naming a type does not initialise it: TorchSharp's own search begins with the first use of a member.
    private static readonly Assembly _torchSharp = typeof(TorchSharp.torch).Assembly;

    private static string Version => _torchSharp.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The device to train on.</summary>
    /// <param name="asked">What the options ask for.</param>
    /// <param name="gpu">
    /// The number of the NVIDIA GPU that the environment asks for, counted from 0; null where it asks for none.
    /// </param>
    /// <param name="fallbackToCpu">Whether the processor takes over where that GPU cannot be used.</param>
    /// <param name="warn">Is told that the processor took over, and why.</param>
    /// <exception cref="InvalidOperationException">That GPU cannot be used, and the processor is not to take over.</exception>
    public static Device ChooseDevice(TrainingDevice asked, int? gpu, bool fallbackToCpu, Action<string> warn)
    {
        if (asked.Type == TorchSharp.DeviceType.CPU) return CPU;
        bool hasCuda = cuda.is_available();
        int count = hasCuda ? cuda.device_count() : 0;
        if (asked.Type is null && gpu is null && !hasCuda) return CPU;
        int index = asked.Number ?? gpu ?? 0;
        if (index >= 0 && index < count) return new Device(TorchSharp.DeviceType.CUDA, index);
        string why = hasCuda ? OutOfRange(count) : NoCuda(), by = asked.Type is null ? "GpuDeviceId" : "Device";
        string message = $"The GPU {index} was asked for ({by}) and cannot be trained on: {why}.";
        if (!fallbackToCpu)
        {
            throw new InvalidOperationException(
                $"{message} Or leave {by} out, or set FallbackToCpu to train on the CPU instead.");
        }
        warn($"{message} The training runs on the CPU.");
        return CPU;
    }

    /// <summary>
    /// The numbers that <see cref="ConvolutionPrecision.Auto"/> and <see cref="ConvolutionPrecision.Fastest"/> stand for on a
    /// device; others as they are.
    /// </summary>
    public static ConvolutionPrecision Resolve(ConvolutionPrecision precision, Device device) =>
        precision is ConvolutionPrecision.Float32 or ConvolutionPrecision.BFloat16 ? precision
        : device.type == TorchSharp.DeviceType.CUDA
            ? CudaCard.Find(device.index) is { HasBFloat16: true } ? ConvolutionPrecision.BFloat16 : ConvolutionPrecision.Float32
        : precision == ConvolutionPrecision.Fastest && ProcessorSupport.HasBFloat16 ? ConvolutionPrecision.BFloat16
        : ConvolutionPrecision.Float32;

    /// <summary>
    /// What a training runs on, such as <c>cuda:0 (NVIDIA H100 80GB HBM3) with libtorch 2.11.0 of '/opt/torch/lib'</c>.
    /// </summary>
    public static string Describe(Device device)
    {
        string card = device.type != TorchSharp.DeviceType.CUDA ? "the CPU"
            : $"cuda:{device.index}{(CudaCard.Find(device.index) is { } found ? $" ({found.Name})" : "")}";
        return $"{card} with {TorchLibrary.Description}";
    }

    /// <summary>Loads the native library, or says which package is missing.</summary>
    /// <param name="folder">The folder of another libtorch than the package's; null for what the environment says.</param>
    /// <remarks>
    /// TorchSharp itself, where it does not find the library beside the application, writes a page to standard output and copies
    /// libtorch out of the package cache, half a gigabyte, into the application's folder, where it is of no use. So it is looked
    /// for here first. Only in a notebook, where TorchSharp lies in the package cache itself, is its way the one that works.
    /// </remarks>
    /// <exception cref="InvalidOperationException">No native library of TorchSharp can be loaded.</exception>
    public static void EnsureAvailable(string? folder = null) => TorchLibrary.Use(folder, Bind);

    /// <summary>
    /// Whether a library lies where NuGet unpacks it, as in <c>packages/torchsharp/0.107.0/lib/net8.0/TorchSharp.dll</c>.
    /// </summary>
    internal static bool IsInPackageCache(string library)
    {
        string[] folders =
            [.. library.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).SkipLast(1).TakeLast(4)];
        return folders is ["torchsharp", _, "lib", _];
    }

    private static string OutOfRange(int count) =>
        $"this machine has {Plural.Of(count, "GPU")}, counted from 0. Give another number";

    private static string NoCuda() =>
        "TorchSharp finds no CUDA device. On a machine with an NVIDIA GPU, reference the package TorchSharp-cuda-linux or "
        + $"TorchSharp-cuda-windows, version {Version}, in place of TorchSharp-cpu, or name the folder of a libtorch for CUDA "
        + $"(LibTorchFolder, {TorchLibrary.Variable})";

    private static void Bind()
    {
        bool hasLibTorch = NativeLibrary.TryLoad(LibTorch, _torchSharp, null, out _);
        bool isLoaded = NativeLibrary.TryLoad(Binding, _torchSharp, null, out _);
        if (isLoaded || IsInPackageCache(_torchSharp.Location)) Initialize();
        else if (hasLibTorch) throw Unusable(LoadError());
        else throw Missing();
    }

    private static void Initialize()
    {
        try
        {
            InitializeDeviceType(TorchSharp.DeviceType.CPU);
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw Unusable(error);
        }
    }

    private static InvalidOperationException Missing() => new(
        "TorchSharp found no native library to train with: the application has a package of TorchSharp without libtorch. Add one "
        + $"with it to the application's project: dotnet add package TorchSharp-cpu --version {Version} (or "
        + "TorchSharp-cuda-linux or TorchSharp-cuda-windows, in the same version). Or name the folder of a libtorch that is "
        + $"there (LibTorchFolder, {TorchLibrary.Variable}).");

    private static InvalidOperationException Unusable(Exception? error) => new(
        "The native library of TorchSharp is there but cannot be loaded. Its package must have the version of TorchSharp, "
        + $"{Version}, and be made for this system ({RuntimeInformation.RuntimeIdentifier}).",
        error);

    private static DllNotFoundException? LoadError()
    {
        try
        {
            NativeLibrary.Load(Binding, _torchSharp, null);
            return null;
        }
        catch (DllNotFoundException error)
        {
            return error;
        }
    }
}

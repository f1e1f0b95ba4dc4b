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
    /// <param name="gpu">
    /// The number of the NVIDIA GPU, counted from 0; null for the first one, where there is one, else the processor.
    /// </param>
    /// <param name="fallbackToCpu">Whether the processor takes over where that GPU cannot be used.</param>
    /// <param name="warn">Is told that the processor took over, and why.</param>
    /// <exception cref="InvalidOperationException">That GPU cannot be used, and the processor is not to take over.</exception>
    public static Device ChooseDevice(int? gpu, bool fallbackToCpu, Action<string> warn)
    {
        bool hasCuda = cuda.is_available();
        if (gpu is not int index) return hasCuda ? CUDA : CPU;
        int count = hasCuda ? cuda.device_count() : 0;
        if (index >= 0 && index < count) return new Device(TorchSharp.DeviceType.CUDA, index);
        string why = hasCuda ? OutOfRange(count) : NoCuda();
        string message = $"The GPU {index} was asked for (GpuDeviceId) and cannot be trained on: {why}.";
        if (!fallbackToCpu)
        {
            throw new InvalidOperationException(
                $"{message} Or leave GpuDeviceId out, or set FallbackToCpu to train on the CPU instead.");
        }
        warn($"{message} The training runs on the CPU.");
        return CPU;
    }

    /// <summary>Loads the native library, or says which package is missing.</summary>
    /// <remarks>
    /// TorchSharp itself, where it does not find the library beside the application, writes a page to standard output and copies
    /// libtorch out of the package cache, half a gigabyte, into the application's folder, where it is of no use. So it is looked
    /// for here first. Only in a notebook, where TorchSharp lies in the package cache itself, is its way the one that works.
    /// </remarks>
    /// <exception cref="InvalidOperationException">No native library of TorchSharp can be loaded.</exception>
    public static void EnsureAvailable()
    {
        bool hasLibTorch = NativeLibrary.TryLoad(LibTorch, _torchSharp, null, out _);
        bool isLoaded = NativeLibrary.TryLoad(Binding, _torchSharp, null, out _);
        if (isLoaded || IsInPackageCache(_torchSharp.Location)) Initialize();
        else if (hasLibTorch) throw Unusable(LoadError());
        else throw Missing();
    }

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
        + $"TorchSharp-cuda-windows, version {Version}, in place of TorchSharp-cpu";

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
        + "TorchSharp-cuda-linux or TorchSharp-cuda-windows, in the same version).");

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

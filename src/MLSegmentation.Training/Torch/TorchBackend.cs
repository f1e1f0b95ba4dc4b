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

    /// <summary>A CUDA device where the application's native library has one, else the processor.</summary>
    public static Device Device => cuda.is_available() ? CUDA : CPU;

    /// <summary>Loads the native library, or says which package is missing.</summary>
    /// <remarks>
    /// TorchSharp itself, where it does not find the library beside the application, writes a page to standard output and copies libtorch out of
    /// the package cache, half a gigabyte, into the application's folder, where it is of no use. So it is looked for here first. Only in a
    /// notebook, where TorchSharp lies in the package cache itself, is its way the one that works.
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

    /// <summary>Whether a library lies where NuGet unpacks it, as in <c>packages/torchsharp/0.107.0/lib/net8.0/TorchSharp.dll</c>.</summary>
    internal static bool IsInPackageCache(string library)
    {
        string[] folders = [.. library.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).SkipLast(1).TakeLast(4)];
        return folders is ["torchsharp", _, "lib", _];
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
        "TorchSharp found no native library to train with: the application has a package of TorchSharp without libtorch. Add one with it to the "
        + $"application's project: dotnet add package TorchSharp-cpu --version {_torchSharp.GetName().Version!.ToString(fieldCount: 3)} (or "
        + "TorchSharp-cuda-linux or TorchSharp-cuda-windows, in the same version).");

    private static InvalidOperationException Unusable(Exception? error) => new(
        "The native library of TorchSharp is there but cannot be loaded. Its package must have the version of TorchSharp, "
        + $"{_torchSharp.GetName().Version!.ToString(fieldCount: 3)}, and be made for this system ({RuntimeInformation.RuntimeIdentifier}).",
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

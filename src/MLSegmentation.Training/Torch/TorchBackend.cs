using static TorchSharp.torch;

namespace MLSegmentation.Training.Torch;

/// <summary>Whether TorchSharp has a native library to compute with.</summary>
internal static class TorchBackend
{
    /// <summary>A CUDA device where the application's native library has one, else the processor.</summary>
    public static Device Device => cuda.is_available() ? CUDA : CPU;

    /// <summary>Loads the native library, or says which package is missing.</summary>
    /// <exception cref="InvalidOperationException">No native library of TorchSharp can be loaded.</exception>
    public static void EnsureAvailable()
    {
        try
        {
            InitializeDeviceType(TorchSharp.DeviceType.CPU);
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new InvalidOperationException(
                "TorchSharp found no native library to train with. Add the package TorchSharp-cpu (or TorchSharp-cuda-linux, "
                + "TorchSharp-cuda-windows) to the application, in the version of TorchSharp that it uses.",
                error);
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;

namespace MLSegmentation.Training;

/// <summary>What the NVIDIA driver says of a GPU, which TorchSharp does not ask for.</summary>
/// <param name="Name">Such as <c>NVIDIA H100 80GB HBM3</c>.</param>
/// <param name="Generation">The first number of its compute capability: 8 is Ampere.</param>
internal sealed unsafe record CudaCard(string Name, int Generation)
{
    // The first generation that computes with bfloat16.
    private const int Ampere = 8;

    // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR of the driver API's CUdevice_attribute.
    private const int CapabilityMajor = 75, LongestName = 256;

    /// <summary>Whether it computes with bfloat16 by itself.</summary>
    public bool HasBFloat16 => Generation >= Ampere;

    /// <summary>The GPU of a number as CUDA counts them, <c>CUDA_VISIBLE_DEVICES</c> included; null where none answers.</summary>
    public static CudaCard? Find(int number)
    {
        string driver = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(driver, out nint library)) return null;
        nint Export(string name) => NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;
        var initialize = (delegate* unmanaged<uint, int>)Export("cuInit");
        var getDevice = (delegate* unmanaged<int*, int, int>)Export("cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)Export("cuDeviceGetName");
        var getAttribute = (delegate* unmanaged<int*, int, int, int>)Export("cuDeviceGetAttribute");
        if (initialize is null || getDevice is null || getName is null || getAttribute is null) return null;
        int device, generation = 0;
        byte* name = stackalloc byte[LongestName];
        bool answers = initialize(0) == 0 && getDevice(&device, number) == 0 && getName(name, LongestName, device) == 0
            && getAttribute(&generation, CapabilityMajor, device) == 0;
        return answers
            ? new CudaCard(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), generation)
            : null;
    }
}

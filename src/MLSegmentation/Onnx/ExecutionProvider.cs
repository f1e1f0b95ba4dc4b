namespace MLSegmentation;

/// <summary>
/// What a model runs on, by ONNX Runtime's word for it. All but <see cref="Cpu"/> need a native library that has them, which the
/// application chooses with its NuGet package: docs/execution-providers.md shows how.
/// </summary>
public enum ExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, through CUDA.</summary>
    Cuda,

    /// <summary>
    /// An NVIDIA GPU, through TensorRT; what that cannot do, CUDA does. It builds an engine for each size of images, which takes
    /// from seconds to minutes.
    /// </summary>
    TensorRt,

    /// <summary>
    /// Intel's processors, GPUs and NPUs, through OpenVINO. Without a device number it decides among them; with one it is the GPU
    /// of that number.
    /// </summary>
    OpenVino,

    /// <summary>A GPU of any maker on Windows, through DirectX 12.</summary>
    DirectMl,

    /// <summary>The GPU and neural engine of a Mac.</summary>
    CoreMl,

    /// <summary>
    /// The first of <see cref="Cuda"/>, <see cref="DirectMl"/>, <see cref="CoreMl"/> and <see cref="OpenVino"/> that the native
    /// library offers and that opens the model, else <see cref="Cpu"/>. <see cref="TensorRt"/> is not among them, for the time
    /// that its engines take.
    /// </summary>
    Auto,
}

namespace MLSegmentation.Training;

/// <summary>What a network is trained on: the processor, or an NVIDIA GPU by CUDA.</summary>
public readonly record struct TrainingDevice
{
    private TrainingDevice(TorchSharp.DeviceType type, int? number) => (Type, Number) = (type, number);

    /// <summary>
    /// The GPU of <c>MLContext.GpuDeviceId</c> where that is given, else the first GPU where there is one, else the processor.
    /// </summary>
    public static TrainingDevice Auto => default;

    /// <summary>The processor, also on a machine with a GPU and whatever <c>MLContext.GpuDeviceId</c> says.</summary>
    public static TrainingDevice Cpu { get; } = new(TorchSharp.DeviceType.CPU, null);

    /// <summary>Null where the machine decides.</summary>
    internal TorchSharp.DeviceType? Type { get; }

    /// <summary>The number of the GPU; null where none is given.</summary>
    internal int? Number { get; }

    /// <summary>A GPU; it is an error where it cannot be used, unless <c>MLContext.FallbackToCpu</c> is set.</summary>
    /// <param name="number">
    /// Its number, counted from 0. Default null: that of <c>MLContext.GpuDeviceId</c>, else the first.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public static TrainingDevice Cuda(int? number = null)
    {
        if (number is int given) ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(number));
        return new TrainingDevice(TorchSharp.DeviceType.CUDA, number);
    }

    /// <summary>As the command line writes it: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public override string ToString() => Type switch
    {
        null => "auto",
        TorchSharp.DeviceType.CPU => "cpu",
        _ => Number is int number ? $"cuda:{number}" : "cuda",
    };
}

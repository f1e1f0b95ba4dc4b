namespace MLSegmentation.Training;

/// <summary>
/// The numbers that training computes convolutions and what follows them with; weights and losses are 32-bit always.
/// </summary>
public enum ConvolutionPrecision
{
    /// <summary>bfloat16 on an NVIDIA GPU that computes with it (from Ampere on), else 32-bit.</summary>
    Auto,

    /// <summary>
    /// 32-bit. NVIDIA GPUs from Ampere on round the factors of convolutions to 10 bits (TF32), as PyTorch has it.
    /// </summary>
    Float32,

    /// <summary>
    /// bfloat16: 8 bits of exponent as in 32-bit numbers, 8 of precision instead of 24. It pays for large convolutions on
    /// processors and devices that compute with it (AVX512_BF16, AMX, NVIDIA from Ampere on); elsewhere it is slower than 32-bit.
    /// </summary>
    BFloat16,

    /// <summary>
    /// bfloat16 wherever the processor or GPU has instructions for it, else 32-bit. Machines of both kinds make different models.
    /// </summary>
    Fastest,
}

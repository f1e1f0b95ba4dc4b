using System.Runtime.Intrinsics.X86;

namespace MLSegmentation.Training;

/// <summary>What the processor has instructions for.</summary>
internal static class ProcessorSupport
{
    // Intel's manual, CPUID: leaf 7, subleaf 1, EAX bit 5 is AVX512_BF16; subleaf 0, EDX bit 22 is AMX-BF16.
    private const int Features = 7, Avx512Bit = 5, AmxBit = 22;

    /// <summary>Whether it multiplies bfloat16 numbers, so that a trial of them is worth its time.</summary>
    public static bool HasBFloat16
    {
        get
        {
            if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < Features) return false;
            bool hasAvx512 = (X86Base.CpuId(Features, 1).Eax >> Avx512Bit & 1) == 1;
            return hasAvx512 || (X86Base.CpuId(Features, 0).Edx >> AmxBit & 1) == 1;
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// The state of libtorch's random numbers as bytes. <c>torch.random</c> reads it through a generator that nobody holds, which may
/// be collected meanwhile; here it is held.
/// </summary>
internal static class RandomState
{
    // Fields of CPUGeneratorImplStateLegacy in ATen's CPUGeneratorImpl.cpp, and the words of a Mersenne twister.
    private const int Left = 8, Seeded = 12, Next = 16, Words = 624;

    /// <summary>The state now.</summary>
    public static byte[] Take()
    {
        using Generator generator = Generator.Default;
        using Tensor state = generator.get_state();
        return state.data<byte>().ToArray();
    }

    /// <summary>
    /// Goes on from a state. The generators of GPUs, whose state TorchSharp does not tell, begin at a seed made of it: not where
    /// they were, but neither at the training's start again.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are no state.</exception>
    public static void Restore(byte[] bytes)
    {
        // libtorch finds out too, but its exception ends the process.
        if (bytes.Length != Take().Length || !IsTwister(bytes))
            throw new InvalidDataException("the state of the random numbers is none");
        using Generator generator = Generator.Default;
        using Tensor state = tensor(bytes);
        generator.set_state(state);
        if (cuda.is_available()) cuda.manual_seed_all(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(bytes)));
    }

    private static bool IsTwister(ReadOnlySpan<byte> state) =>
        BinaryPrimitives.ReadInt32LittleEndian(state[Left..]) is > 0 and <= Words
        && BinaryPrimitives.ReadInt32LittleEndian(state[Seeded..]) == 1
        && (uint)BinaryPrimitives.ReadUInt64LittleEndian(state[Next..]) <= Words;
}

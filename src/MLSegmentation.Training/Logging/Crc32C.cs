using System.Buffers.Binary;
using System.Numerics;

namespace MLSegmentation.Training;

/// <summary>The Castagnoli checksum (RFC 3720, appendix B.4) and the masked form that TFRecord files hold.</summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>The checksum of bytes. The ASCII text <c>123456789</c> has 0xE3069283.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>
    /// The checksum rotated right by 15 bits plus a constant, so that data that itself holds checksums has no special ones
    /// (tensorflow/core/lib/hash/crc32c.h).
    /// </summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Of(bytes), 15) + MaskDelta;
}

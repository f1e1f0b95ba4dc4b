using System.Buffers.Binary;

namespace Fuzzing;

/// <summary>Damages a file as transport, bad programs and attackers do.</summary>
internal static class Mutation
{
    private const int LargestCopy = 64;

    /// <summary>Some changes one after the other.</summary>
    public static byte[] Apply(FuzzRandom random, byte[] file)
    {
        for (int i = random.Pick(1, 1, 1, 2, 3, 8); i > 0 && file.Length > 0; i--) file = Once(random, file);
        return file;
    }

    private static byte[] Once(FuzzRandom random, byte[] file)
    {
        int at = random.Below(file.Length);
        switch (random.Below(9))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Below(8));
                return file;
            case 1:
                file[at] = random.Pick(random.Byte(), (byte)0, (byte)0xFF, (byte)0x7F, (byte)0x80);
                return file;
            case 2:
                return file[..at];
            case 3:
                return [.. file[..at], .. random.Bytes(random.Between(1, LargestCopy)), .. file[at..]];
            case 4:
                return [.. file[..at], .. file[Math.Min(file.Length, at + random.Between(1, LargestCopy))..]];
            case 5:
                int from = random.Below(file.Length),
                    length = Math.Min(random.Between(1, LargestCopy), file.Length - Math.Max(from, at));
                file.AsSpan(from, length).ToArray().CopyTo(file.AsSpan(at));
                return file;
            case 6:
                return WithNumber(random, file, at, random.Extreme());
            case 7:
                file[at] += random.Pick<byte>(1, 0xFF, 2, 16);
                return file;
            default:
                return WithNumber(random, file, random.Below(Math.Min(file.Length, LargestCopy)), random.Extreme());
        }
    }

    private static byte[] WithNumber(FuzzRandom random, byte[] file, int at, uint number)
    {
        Span<byte> place = file.AsSpan(at);
        switch (random.Below(4))
        {
            case 0 when place.Length >= sizeof(uint):
                BinaryPrimitives.WriteUInt32BigEndian(place, number);
                break;
            case 1 when place.Length >= sizeof(uint):
                BinaryPrimitives.WriteUInt32LittleEndian(place, number);
                break;
            case 2 when place.Length >= sizeof(ushort):
                BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)number);
                break;
            case 3 when place.Length >= sizeof(ushort):
                BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)number);
                break;
        }
        return file;
    }
}

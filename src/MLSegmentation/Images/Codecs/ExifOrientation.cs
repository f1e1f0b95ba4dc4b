using System.Buffers.Binary;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>Finds the orientation in the EXIF data of a JPEG, PNG or WebP file.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort Short = 3;
    private const int EntryBytes = 12;

    /// <summary>Reads the orientation from the first directory of TIFF data (EXIF 2.3, section 4.6).</summary>
    /// <param name="exif">TIFF data, with or without the <c>Exif</c> prefix of JPEG.</param>
    /// <returns>The orientation; <see cref="SKEncodedOrigin.TopLeft"/> where there is none, or none that can be read.</returns>
    public static SKEncodedOrigin Read(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8)) exif = exif[6..];
        bool little = exif.StartsWith("II*\0"u8);
        if ((!little && !exif.StartsWith("MM\0*"u8)) || exif.Length < 8) return SKEncodedOrigin.TopLeft;

        uint directory = little
            ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (directory > exif.Length - 2) return SKEncodedOrigin.TopLeft;
        int count = UInt16(exif, (int)directory, little);
        for (int i = 0; i < count; i++)
        {
            int entry = (int)directory + 2 + (i * EntryBytes);
            if (entry + EntryBytes > exif.Length) break;
            if (UInt16(exif, entry, little) != Tag) continue;
            if (UInt16(exif, entry + 2, little) != Short) return SKEncodedOrigin.TopLeft;
            int value = UInt16(exif, entry + 8, little);
            return value is >= 1 and <= 8 ? (SKEncodedOrigin)value : SKEncodedOrigin.TopLeft;
        }
        return SKEncodedOrigin.TopLeft;
    }

    private static ushort UInt16(ReadOnlySpan<byte> data, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(data[at..]) : BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
}

using System.Buffers.Binary;

namespace MLSegmentation.Images;

/// <summary>The headers of a BMP file (Microsoft, "Bitmap Storage"): BITMAPFILEHEADER, then BITMAPINFOHEADER or BITMAPCOREHEADER.</summary>
internal static class BmpFile
{
    private const int FileHeader = 14;
    private const int CoreHeader = 12;
    private const int LeastInfoHeader = 20;
    private const int Uncompressed = 0;
    private const int BitFields = 3;

    public static bool HasSignature(ReadOnlySpan<byte> data) => data.Length >= FileHeader + LeastInfoHeader && data.StartsWith("BM"u8);

    /// <summary>Whether the file has bytes for all pixels that its header claims, which few bytes must not do; true for run lengths.</summary>
    public static bool HasPixels(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> header = data[FileHeader..];
        bool isCore = BinaryPrimitives.ReadUInt32LittleEndian(header) == CoreHeader;
        (long width, long height, long bits, uint compression) = isCore
            ? (BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[10..]), (uint)Uncompressed)
            : (BinaryPrimitives.ReadInt32LittleEndian(header[4..]), BinaryPrimitives.ReadInt32LittleEndian(header[8..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[14..]), BinaryPrimitives.ReadUInt32LittleEndian(header[16..]));
        if (compression is not (Uncompressed or BitFields)) return true;

        // Rows take whole groups of 32 bits; a negative height means that the first row is the top one.
        Int128 rowBytes = ((width * bits) + 31) / 32 * 4;
        return rowBytes * Math.Abs(height) <= data.Length;
    }
}

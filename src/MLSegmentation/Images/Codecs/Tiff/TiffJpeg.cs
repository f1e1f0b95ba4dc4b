using System.Buffers.Binary;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// Decodes JPEG in TIFF (TIFF Technical Note 2) by Skia's libjpeg-turbo, which gives colours of a lower resolution the same
/// values as libtiff's. It sees a JPEG put together of the file's tables and one block, without application segments.
/// </summary>
internal static class TiffJpeg
{
    private const int BytesPerPixel = 4;
    private const byte Marker = 0xFF;

    /// <summary>Decodes the first rows of a block.</summary>
    /// <param name="tables">The field JPEGTables; empty where there is none.</param>
    /// <param name="block">The block's own JPEG.</param>
    /// <param name="layout">How the image is stored.</param>
    /// <param name="rows">The rows wanted.</param>
    /// <param name="target">Receives them: a byte for gray or for each of red, green and blue.</param>
    /// <returns>What is wrong with the data; null where nothing is.</returns>
    public static string? Decode(
        ReadOnlySpan<byte> tables, ReadOnlySpan<byte> block, TiffLayout layout, int rows, Span<byte> target)
    {
        int samples = layout.Samples.PerBlock;
        var jpeg = new List<byte>(tables.Length + block.Length + 64) { Marker, JpegMarker.StartOfImage };

        // Adobe's segment says whether three components are YCbCr (1) or as they are (0).
        jpeg.AddRange(
            [Marker, JpegMarker.Adobe, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)(layout.Samples.IsYCbCrInJpeg ? 1 : 0)]);
        ReadOnlySpan<byte> frame = default;
        CopySegments(tables, jpeg, ref frame);
        int scan = CopySegments(block, jpeg, ref frame);
        jpeg.AddRange(block[scan..]);
        if (frame.Length < 6 || frame[5] != samples) return $"their JPEG has no frame of {samples} components";
        (int height, int width) =
            (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        if (width != layout.BlockWidth || height < rows || height > layout.BlockHeight)
            return $"their JPEG has {width}×{height} pixels, expected {layout.BlockWidth}×{rows}";
        if (JpegFile.Read(jpeg.ToArray(), out JpegFile file) is { } damage) return $"their JPEG {damage}";
        try
        {
            using DecodedImage image = SkiaDecoder.Decode(
                file.Rebuild(), SKEncodedImageFormat.Jpeg, width, height, "JPEG within TIFF", leastSize: null);
            ReadOnlySpan<byte> pixels = image.Pixels;
            for (int i = 0, at = 0; i < rows * width; i++, at += BytesPerPixel)
            {
                if (samples == 1) target[i] = pixels[at];
                else (target[3 * i], target[(3 * i) + 1], target[(3 * i) + 2]) = (pixels[at + 2], pixels[at + 1], pixels[at]);
            }
            return null;
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }

    /// <summary>Copies the segments up to the first scan or the end.</summary>
    /// <param name="data">A JPEG, or nothing.</param>
    /// <param name="jpeg">Receives them, without those of applications and comments.</param>
    /// <param name="frame">Becomes the content of the frame's header where there is one.</param>
    /// <returns>The position behind them.</returns>
    private static int CopySegments(ReadOnlySpan<byte> data, List<byte> jpeg, ref ReadOnlySpan<byte> frame)
    {
        int at = data.Length >= 2 && data[1] == JpegMarker.StartOfImage ? 2 : 0;
        while (at + 4 <= data.Length && data[at] == Marker)
        {
            byte marker = data[at + 1];
            if (marker is JpegMarker.StartOfScan or JpegMarker.EndOfImage) break;
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
            if (length < 2 || length + 2 > data.Length - at) break;
            ReadOnlySpan<byte> segment = data.Slice(at, length + 2);
            if (JpegMarker.IsFrame(marker)) frame = segment[4..];
            if (!JpegMarker.IsRemark(marker)) jpeg.AddRange(segment);
            at += segment.Length;
        }
        return at;
    }
}

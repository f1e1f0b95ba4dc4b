using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>
/// Undoes what was done to the samples of a row before they were compressed: differences to the pixel before (TIFF 6.0, section
/// 14), or those of the bytes of floating-point numbers, sorted by their place (Adobe Photoshop TIFF Technical Note 3).
/// </summary>
internal static class TiffPredictor
{
    public static bool IsKnown(Predictor predictor, TiffSamples samples) => predictor switch
    {
        Predictor.NONE => true,
        Predictor.HORIZONTAL => samples.Depth is 8 or 16 or 32 or 64,
        Predictor.FLOATINGPOINT => samples.Format == SampleFormat.IEEEFP,
        _ => false,
    };

    /// <summary>Brings a row to the machine's own byte order and undoes the predictor.</summary>
    /// <param name="row">The samples of a row of a block.</param>
    /// <param name="predictor">How they were predicted.</param>
    /// <param name="samples">What they are.</param>
    /// <param name="isSwapped">Whether their bytes are in the other order.</param>
    public static void Undo(Span<byte> row, Predictor predictor, TiffSamples samples, bool isSwapped)
    {
        if (predictor == Predictor.FLOATINGPOINT)
        {
            Sum(row, samples.PerBlock);
            Interleave(row, samples.Depth / 8);
            return;
        }
        if (isSwapped) Swap(row, samples.Depth);
        if (predictor == Predictor.NONE) return;
        switch (samples.Depth)
        {
            case 8: Sum(row, samples.PerBlock); break;
            case 16: Sum(MemoryMarshal.Cast<byte, ushort>(row), samples.PerBlock); break;
            case 32: Sum(MemoryMarshal.Cast<byte, uint>(row), samples.PerBlock); break;
            default: Sum(MemoryMarshal.Cast<byte, ulong>(row), samples.PerBlock); break;
        }
    }

    private static void Sum<T>(Span<T> values, int step)
        where T : INumberBase<T>
    {
        for (int i = step; i < values.Length; i++) values[i] = unchecked(values[i] + values[i - step]);
    }

    /// <summary>The row has the highest byte of every number first, then all second ones, and so on.</summary>
    private static void Interleave(Span<byte> row, int size)
    {
        byte[] planes = row.ToArray();
        int count = planes.Length / size;
        for (int i = 0; i < count; i++)
        {
            for (int place = 0; place < size; place++)
                row[(i * size) + (BitConverter.IsLittleEndian ? size - 1 - place : place)] = planes[(place * count) + i];
        }
    }

    private static void Swap(Span<byte> row, int depth)
    {
        switch (depth)
        {
            case 16:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(row);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 24:
                for (int i = 0; i + 2 < row.Length; i += 3) (row[i], row[i + 2]) = (row[i + 2], row[i]);
                break;
            case 32:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(row);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 64:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(row);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}

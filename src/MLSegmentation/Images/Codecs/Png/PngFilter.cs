using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLSegmentation;

/// <summary>The row filters of PNG (specification, section 9).</summary>
internal static class PngFilter
{
    public const byte None = 0;
    public const byte Sub = 1;
    public const byte Up = 2;
    public const byte Average = 3;
    public const byte Paeth = 4;

    /// <summary>
    /// The bytes behind a row that <see cref="Undo"/> may read and write: it takes eight at a time, as a pixel has up to eight.
    /// </summary>
    public const int Padding = 8;

    private interface IPrediction
    {
        /// <summary>What a filter expects of a pixel's bytes, each of 0 to 255.</summary>
        static abstract Vector128<short> Of(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft);
    }

    /// <summary>Turns a filtered row into its bytes.</summary>
    /// <param name="filter">The filter, the first byte of a row.</param>
    /// <param name="filtered">The row without its filter byte; like the others with <see cref="Padding"/> behind it.</param>
    /// <param name="above">The bytes of the row above; zeros above the first.</param>
    /// <param name="row">Receives the row's bytes.</param>
    /// <param name="pixelBytes">Bytes a pixel, 1 to 8.</param>
    /// <returns>Whether the filter is known.</returns>
    public static bool Undo(byte filter, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> row, int pixelBytes)
    {
        switch (filter)
        {
            case None:
                filtered.CopyTo(row);
                return true;
            case Sub:
                Undo<Left>(filtered, above, row, pixelBytes);
                return true;
            case Up:
                TensorPrimitives.Add(filtered, above, row);
                return true;
            case Average:
                Undo<Mean>(filtered, above, row, pixelBytes);
                return true;
            case Paeth:
                Undo<Nearest>(filtered, above, row, pixelBytes);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Filters a row with <see cref="Paeth"/>, which suits photographs.</summary>
    public static void ApplyPaeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered, int pixelBytes)
    {
        for (int i = 0; i < row.Length; i++)
            filtered[i] = (byte)(row[i] - Predict(LeftOf(row, i, pixelBytes), above[i], LeftOf(above, i, pixelBytes)));
    }

    /// <summary>Pixel by pixel, the bytes of one side by side.</summary>
    private static void Undo<T>(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> row, int pixelBytes)
        where T : IPrediction
    {
        Vector128<short> left = default, aboveLeft = default;
        for (int i = 0; i < row.Length - Padding; i += pixelBytes)
        {
            Vector128<short> over = Load(above, i);

            // The high byte of each number is 0 and stays so.
            left = (Load(filtered, i).AsByte() + T.Of(left, over, aboveLeft).AsByte()).AsInt16();
            aboveLeft = over;
            MemoryMarshal.Write(row[i..], Vector128.NarrowWithSaturation(left.AsUInt16(), left.AsUInt16()).AsUInt64().ToScalar());
        }
    }

    private static Vector128<short> Load(ReadOnlySpan<byte> bytes, int at) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(bytes[at..])).AsByte()).AsInt16();

    private static byte LeftOf(ReadOnlySpan<byte> row, int i, int pixelBytes) => i < pixelBytes ? (byte)0 : row[i - pixelBytes];

    private static byte Predict(byte left, byte above, byte aboveLeft)
    {
        int toLeft = Math.Abs(above - aboveLeft);
        int toAbove = Math.Abs(left - aboveLeft);
        int toAboveLeft = Math.Abs(left + above - (2 * aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }

    private readonly struct Left : IPrediction
    {
        public static Vector128<short> Of(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft) => left;
    }

    private readonly struct Mean : IPrediction
    {
        public static Vector128<short> Of(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft) =>
            (left + above) >> 1;
    }

    /// <summary>Paeth's: the one of the three that left + above - aboveLeft is nearest to.</summary>
    private readonly struct Nearest : IPrediction
    {
        public static Vector128<short> Of(Vector128<short> left, Vector128<short> above, Vector128<short> aboveLeft)
        {
            Vector128<short> fromLeft = above - aboveLeft, fromAbove = left - aboveLeft;
            Vector128<short> toLeft = Vector128.Abs(fromLeft), toAbove = Vector128.Abs(fromAbove),
                toAboveLeft = Vector128.Abs(fromLeft + fromAbove);
            Vector128<short> other = Vector128.ConditionalSelect(Vector128.GreaterThan(toAbove, toAboveLeft), aboveLeft, above);
            return Vector128.ConditionalSelect(Vector128.GreaterThan(toLeft, Vector128.Min(toAbove, toAboveLeft)), other, left);
        }
    }
}

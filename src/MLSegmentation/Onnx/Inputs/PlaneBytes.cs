using System.Numerics;

namespace MLSegmentation;

/// <summary>Floats as bytes.</summary>
internal static class PlaneBytes
{
    /// <summary>
    /// Rounds each value to the nearest byte, the even one of two as near (0.5 is 0, 1.5 is 2), and clamps it to 0 to 255.
    /// </summary>
    /// <param name="values">The values; what is no number becomes 0.</param>
    /// <param name="bytes">Receives as many bytes.</param>
    public static void Round(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        int i = 0, step = Vector<float>.Count;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            ReadOnlySpan<float> at = values[i..];
            Vector.Narrow(
                Vector.Narrow(Whole(at), Whole(at[step..])),
                Vector.Narrow(Whole(at[(2 * step)..]), Whole(at[(3 * step)..]))).CopyTo(bytes[i..]);
        }
        for (; i < values.Length; i++)
            bytes[i] = float.IsNaN(values[i]) ? (byte)0 : (byte)Math.Clamp(MathF.Round(values[i]), 0, byte.MaxValue);
    }

    // The larger of 0 and what is no number is no number with some processors, and 0 with others.
    private static Vector<uint> Whole(ReadOnlySpan<float> values)
    {
        var value = new Vector<float>(values);
        Vector<float> number = Vector.ConditionalSelect(Vector.Equals(value, value), value, Vector<float>.Zero);
        Vector<float> clamped = Vector.ClampNative(number, Vector<float>.Zero, new Vector<float>(byte.MaxValue));
        return Vector.AsVectorUInt32(Vector.ConvertToInt32Native(Vector.Round(clamped)));
    }
}

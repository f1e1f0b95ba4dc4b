using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>How many bytes the values of a tensor take in a file, small ones packed: 3 of 4 bits take 2 bytes.</summary>
internal static class TensorSize
{
    // The list of them must not be long, and no operator takes as many.
    private const int MostDimensions = 64;

    /// <summary>Reads it in the tensor's type and shape.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="bytes">What its values take.</param>
    /// <returns>Why it has none, to go on after a comma; null where it has.</returns>
    public static string? FindFault(ReadOnlySpan<byte> tensor, out int bytes)
    {
        bytes = 0;
        long type = NumberOf(tensor, TensorType);
        if (BitsOf(type) is not { } bits)
            return $"and is of the data type {type}, expected one of numbers (1 to 7 or 9 to 26)";
        List<long> shape = ReadShape(tensor);
        if (shape.Count > MostDimensions) return $"and has more than {MostDimensions} dimensions";
        if (CountOf(shape, Array.MaxLength * 8L / bits) is not { } count)
        {
            return $"and has the shape [{string.Join(',', shape)}] with {bits} bits a value, expected sizes from 0 on that take "
                + $"at most {Array.MaxLength:N0} bytes";
        }
        bytes = (int)(((count * bits) + 7) / 8);
        return null;
    }

    private static List<long> ReadShape(ReadOnlySpan<byte> tensor)
    {
        var shape = new List<long>();
        var fields = new ProtobufReader(tensor);
        while (fields.Next() && shape.Count <= MostDimensions)
        {
            if (fields.Field != TensorDimension) continue;
            ReadOnlySpan<byte> packed = fields.Content;
            if (!fields.HasLength) shape.Add((long)fields.Number);
            while (shape.Count <= MostDimensions && ProtobufReader.TryReadVarint(ref packed, out ulong size))
                shape.Add((long)size);
        }
        return shape;
    }

    /// <summary>The number of values; null where a size is negative or there are more than a number.</summary>
    private static long? CountOf(List<long> shape, long most)
    {
        if (shape.Exists(size => size < 0)) return null;
        if (shape.Contains(0)) return 0;
        long count = 1;
        foreach (long size in shape)
        {
            if (size > most / count) return null;
            count *= size;
        }
        return count;
    }

    /// <summary>The bits of a value of a <c>TensorProto.DataType</c>; null for texts and types that are not known.</summary>
    private static int? BitsOf(long type) => type switch
    {
        // INT2, UINT2 (ONNX 1.20); INT4, UINT4, FLOAT4E2M1.
        25 or 26 => 2,
        21 or 22 or 23 => 4,

        // UINT8, INT8, BOOL, and five floats of 8 bits.
        2 or 3 or 9 or 17 or 18 or 19 or 20 or 24 => 8,

        // UINT16, INT16, FLOAT16, BFLOAT16.
        4 or 5 or 10 or 16 => 16,

        // FLOAT, INT32, UINT32.
        1 or 6 or 12 => 32,

        // INT64, DOUBLE, UINT64, COMPLEX64; COMPLEX128.
        7 or 11 or 13 or 14 => 64,
        15 => 128,
        _ => null,
    };
}

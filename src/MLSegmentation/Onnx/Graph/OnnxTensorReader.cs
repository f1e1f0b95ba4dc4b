using System.Buffers.Binary;

namespace MLSegmentation;

/// <summary>
/// Reads tensors (onnx.proto3, TensorProto): their shapes, and the numbers of those that are small. Weights stay where they are.
/// </summary>
internal static class OnnxTensorReader
{
    /// <summary>Tensors of more numbers are weights, of which only the shape is of interest.</summary>
    public const int MostNumbers = 64;

    private const int MostDimensions = 8;
    private const int TensorDimensions = 1, TensorType = 2, TensorFloats = 4, TensorIntegers = 5, TensorLongs = 7, TensorRaw = 9,
        TensorDoubles = 10;

    // TensorProto.DataType.
    private const int Float = 1, Byte = 2, SignedByte = 3, UnsignedShort = 4, Short = 5, Integer = 6, Long = 7, Boolean = 9,
        Half = 10, Double = 11;

    /// <summary>Reads a tensor; null where it is none that this project knows.</summary>
    public static OnnxTensor? TryRead(ReadOnlySpan<byte> tensor)
    {
        List<long> shape = [];
        List<double> numbers = [];
        ReadOnlySpan<byte> raw = [];
        int type = (int)OnnxFields.NumberOf(tensor, TensorType);
        var fields = new ProtobufReader(tensor);
        while (fields.Next() && shape.Count <= MostDimensions && numbers.Count <= MostNumbers)
        {
            switch (fields.Field)
            {
                case TensorDimensions:
                    AddIntegers(shape, fields, MostDimensions);
                    break;
                case TensorFloats:
                    AddRaw(numbers, fields.Content, Float);
                    break;
                case TensorDoubles:
                    AddRaw(numbers, fields.Content, Double);
                    break;
                case TensorIntegers or TensorLongs:
                    List<long> integers = [];
                    AddIntegers(integers, fields, MostNumbers);
                    numbers.AddRange(integers.Select(bits => NumberOf(bits, type)));
                    break;
                case TensorRaw:
                    raw = fields.Content;
                    break;
            }
        }
        if (fields.IsDamaged || shape.Count > MostDimensions || shape.Any(size => size is < 0 or > int.MaxValue)) return null;
        if (numbers.Count == 0) AddRaw(numbers, raw, type);
        double expected = shape.Aggregate(1.0, (product, size) => product * size);
        return new OnnxTensor(shape, numbers.Count == expected ? numbers : null);
    }

    /// <summary>Adds the integers of a field, packed or not, up to one more than <paramref name="most"/>.</summary>
    public static void AddIntegers(List<long> integers, ProtobufReader field, int most)
    {
        if (!field.HasLength)
        {
            integers.Add((long)field.Number);
            return;
        }
        ReadOnlySpan<byte> packed = field.Content;
        while (integers.Count <= most && ProtobufReader.TryReadVarint(ref packed, out ulong number)) integers.Add((long)number);
    }

    /// <summary>Adds the numbers that lie side by side in bytes, if they are few.</summary>
    public static void AddRaw(List<double> numbers, ReadOnlySpan<byte> raw, int type)
    {
        int size = type switch
        {
            Byte or SignedByte or Boolean => 1,
            UnsignedShort or Short or Half => 2,
            Float or Integer => 4,
            Long or Double => 8,
            _ => 0,
        };
        if (size == 0 || raw.Length > size * MostNumbers || raw.Length % size != 0) return;
        for (; !raw.IsEmpty; raw = raw[size..])
        {
            numbers.Add(type switch
            {
                Float => BinaryPrimitives.ReadSingleLittleEndian(raw),
                Double => BinaryPrimitives.ReadDoubleLittleEndian(raw),
                Half => (double)BinaryPrimitives.ReadHalfLittleEndian(raw),
                Long => BinaryPrimitives.ReadInt64LittleEndian(raw),
                Integer => BinaryPrimitives.ReadInt32LittleEndian(raw),
                Short => BinaryPrimitives.ReadInt16LittleEndian(raw),
                UnsignedShort => BinaryPrimitives.ReadUInt16LittleEndian(raw),
                SignedByte => (sbyte)raw[0],
                _ => raw[0],
            });
        }
    }

    // Half precision is kept as the integer of its bits.
    private static double NumberOf(long bits, int type) =>
        type == Half ? (double)BitConverter.UInt16BitsToHalf((ushort)bits) : bits;
}

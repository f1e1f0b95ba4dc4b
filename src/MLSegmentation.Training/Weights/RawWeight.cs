using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLSegmentation.Training;

/// <summary>A weight whose numbers lie in the file as they are, in rows or by strides.</summary>
/// <param name="name">Its name in the file.</param>
/// <param name="shape">Its dimensions.</param>
/// <param name="strides">How many numbers lie from one index to the next, for each dimension; none of them negative.</param>
/// <param name="format">How its numbers are stored.</param>
/// <param name="offset">Numbers before its first.</param>
/// <param name="read">Reads the bytes of what it is stored in; its bounds have been checked.</param>
internal sealed class RawWeight(string name, long[] shape, long[] strides, NumberFormat format, long offset, ByteReader read)
    : StoredWeight(name, shape, format)
{
    private readonly long[] _shape = shape;
    private readonly NumberFormat _format = format;

    /// <summary>Strides of an array that lies row by row: 2×3×4 has 12, 4, 1.</summary>
    public static long[] RowStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }
        return strides;
    }

    /// <summary>Numbers from the first to the last, both counted; 0 where a dimension is 0.</summary>
    /// <exception cref="OverflowException">There are more than any file has.</exception>
    public static long Extent(long[] shape, long[] strides)
    {
        if (shape.Contains(0)) return 0;
        long last = 0;
        for (int i = 0; i < shape.Length; i++) last = checked(last + checked((shape[i] - 1) * strides[i]));
        return checked(last + 1);
    }

    /// <inheritdoc/>
    public override void Read(Span<float> destination)
    {
        if (destination.IsEmpty) return;
        long extent = Extent(_shape, strides);
        if (IsInRows())
        {
            ReadNumbers(destination);
            return;
        }
        var numbers = new float[extent];
        ReadNumbers(numbers);
        Gather(numbers, destination);
    }

    private bool IsInRows()
    {
        long[] rows = RowStrides(_shape);
        // The stride of a dimension of one is never used, and torch writes any.
        return Enumerable.Range(0, _shape.Length).All(i => _shape[i] == 1 || strides[i] == rows[i]);
    }

    private void ReadNumbers(Span<float> destination)
    {
        if (_format == NumberFormat.Float32)
        {
            read(offset * sizeof(float), MemoryMarshal.AsBytes(destination));
            return;
        }
        var halves = new Half[destination.Length];
        Span<byte> bytes = MemoryMarshal.AsBytes(halves.AsSpan());
        read(offset * sizeof(ushort), bytes);
        if (_format == NumberFormat.Float16)
        {
            TensorPrimitives.ConvertToSingle(halves, destination);
            return;
        }
        ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (int i = 0; i < destination.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
    }

    private void Gather(ReadOnlySpan<float> numbers, Span<float> destination)
    {
        var index = new long[_shape.Length];
        long position = 0;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = numbers[(int)position];
            for (int d = _shape.Length - 1; d >= 0; d--)
            {
                position += strides[d];
                if (++index[d] < _shape[d]) break;
                position -= strides[d] * _shape[d];
                index[d] = 0;
            }
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLSegmentation;

/// <summary>Reads labels of whatever type a graph answers.</summary>
internal static class LabelTensor
{
    /// <summary>Makes keys of labels.</summary>
    /// <param name="labels">The answer.</param>
    /// <param name="first">The first label to read.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="keys">Receives as many keys as it has room for.</param>
    /// <returns>False where the type is none of labels.</returns>
    public static bool TryRead(OrtValue labels, int first, int classes, Span<uint> keys)
    {
        int length = keys.Length;
        ReadOnlySpan<T> Of<T>()
            where T : unmanaged => labels.GetTensorDataAsSpan<T>().Slice(first, length);
        switch (labels.GetTensorTypeAndShape().ElementDataType)
        {
            case TensorElementType.UInt8: LabelKeys.OfIntegers(Of<byte>(), classes, keys); break;
            case TensorElementType.Int8: LabelKeys.OfIntegers(Of<sbyte>(), classes, keys); break;
            case TensorElementType.UInt16: LabelKeys.OfIntegers(Of<ushort>(), classes, keys); break;
            case TensorElementType.Int16: LabelKeys.OfIntegers(Of<short>(), classes, keys); break;
            case TensorElementType.UInt32: LabelKeys.OfIntegers(Of<uint>(), classes, keys); break;
            case TensorElementType.Int32: LabelKeys.OfIntegers(Of<int>(), classes, keys); break;
            case TensorElementType.UInt64: LabelKeys.OfIntegers(Of<ulong>(), classes, keys); break;
            case TensorElementType.Int64: LabelKeys.OfIntegers(Of<long>(), classes, keys); break;
            case TensorElementType.Bool: LabelKeys.OfIntegers(MemoryMarshal.Cast<bool, byte>(Of<bool>()), classes, keys); break;
            case TensorElementType.Float: LabelKeys.OfNumbers(Of<float>(), classes, keys); break;
            case TensorElementType.Double: LabelKeys.OfNumbers(Of<double>(), classes, keys); break;
            case TensorElementType.Float16:
                LabelKeys.OfNumbers(MemoryMarshal.Cast<Float16, Half>(Of<Float16>()), classes, keys);
                break;
            default: return false;
        }
        return true;
    }
}

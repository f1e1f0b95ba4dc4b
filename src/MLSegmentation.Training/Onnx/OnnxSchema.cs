using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Onnx;

/// <summary>Parts of a model as messages of its file.</summary>
internal static class OnnxSchema
{
    /// <summary>An attribute of a node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">
    /// A <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, array of <see cref="long"/>, or tensor.
    /// </param>
    public static AttributeProto Attribute(string name, object value) => value switch
    {
        long number => new() { Name = name, I = number, Type = AttributeProto.Types.AttributeType.Int },
        float number => new() { Name = name, F = number, Type = AttributeProto.Types.AttributeType.Float },
        string text => new() { Name = name, S = ByteString.CopyFromUtf8(text), Type = AttributeProto.Types.AttributeType.String },
        long[] numbers => new() { Name = name, Ints = { numbers }, Type = AttributeProto.Types.AttributeType.Ints },
        TensorProto tensor => new() { Name = name, T = tensor, Type = AttributeProto.Types.AttributeType.Tensor },
        _ => throw new ArgumentException(
            $"Attribute '{name}' is a {value.GetType()}, expected a long, float, string, long[] or tensor."),
    };

    /// <summary>A tensor without a name.</summary>
    /// <param name="type">The type of its elements.</param>
    /// <param name="dimensions">Its shape.</param>
    /// <param name="raw">Its elements, row-major, in little-endian bytes.</param>
    public static TensorProto Tensor(OnnxElementType type, IReadOnlyList<long> dimensions, ReadOnlySpan<byte> raw) => new()
    {
        DataType = (int)type,
        Dims = { dimensions },
        RawData = UnsafeByteOperations.UnsafeWrap(raw.ToArray()),
    };
}

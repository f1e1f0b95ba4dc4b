namespace MLSegmentation.Training.Onnx;

/// <summary>
/// Element types of ONNX tensors that the exporter uses, with the format's own numbers (<c>TensorProto.DataType</c>).
/// </summary>
public enum OnnxElementType
{
    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 2,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>16-bit floating point.</summary>
    Float16 = 10,
}

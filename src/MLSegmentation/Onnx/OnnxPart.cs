namespace MLSegmentation;

/// <summary>The messages of an ONNX file (onnx.proto3) that lead to tensors and to sizes.</summary>
internal enum OnnxPart
{
    Model,
    TrainingInfo,
    Function,
    Graph,
    Node,
    Attribute,
    SparseTensor,
    Tensor,
    Value,
    Type,
    TensorType,
    Shape,
    Dimension,
    Other,
}

namespace MLSegmentation;

/// <summary>Which messages of an ONNX file lie in which.</summary>
internal static class OnnxParts
{
    /// <summary>What a field holds, by its number in the message.</summary>
    public static OnnxPart In(OnnxPart part, int field) => (part, field) switch
    {
        (OnnxPart.Model, 7) => OnnxPart.Graph,
        (OnnxPart.Model, 20) => OnnxPart.TrainingInfo,
        (OnnxPart.Model, 25) => OnnxPart.Function,
        (OnnxPart.TrainingInfo, 1 or 2) => OnnxPart.Graph,
        (OnnxPart.Function, 7) => OnnxPart.Node,
        (OnnxPart.Function, 11) => OnnxPart.Attribute,
        (OnnxPart.Graph, 1) => OnnxPart.Node,
        (OnnxPart.Graph, 5) => OnnxPart.Tensor,
        (OnnxPart.Graph, 11 or 12) => OnnxPart.Value,
        (OnnxPart.Graph, 15) => OnnxPart.SparseTensor,
        (OnnxPart.Node, 5) => OnnxPart.Attribute,
        (OnnxPart.Attribute, 5 or 10) => OnnxPart.Tensor,
        (OnnxPart.Attribute, 6 or 11) => OnnxPart.Graph,
        (OnnxPart.Attribute, 22 or 23) => OnnxPart.SparseTensor,
        (OnnxPart.SparseTensor, 1 or 2) => OnnxPart.Tensor,
        (OnnxPart.Value, 2) => OnnxPart.Type,
        (OnnxPart.Type, 1) => OnnxPart.TensorType,
        (OnnxPart.TensorType, 2) => OnnxPart.Shape,
        (OnnxPart.Shape, 1) => OnnxPart.Dimension,
        _ => OnnxPart.Other,
    };
}

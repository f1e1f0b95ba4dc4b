using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Onnx;

/// <summary>Reads the parts of an ONNX model that this project writes.</summary>
internal static class OnnxModel
{
    /// <summary>The model in the bytes of an <c>.onnx</c> file.</summary>
    /// <exception cref="InvalidDataException">They are no ONNX model.</exception>
    public static ModelProto Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(bytes);
            return model.Graph is not null ? model : throw new InvalidDataException(
                $"The {bytes.Length} bytes of the model hold no graph, expected the content of an .onnx file.");
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidDataException(
                $"The {bytes.Length} bytes of the model are no ONNX model, expected the content of an .onnx "
                + $"file: {error.Message}", error);
        }
    }
}

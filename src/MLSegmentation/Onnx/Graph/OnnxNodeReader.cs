using System.Buffers.Binary;
using System.Text;
using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>Reads nodes (onnx.proto3, NodeProto).</summary>
internal static class OnnxNodeReader
{
    /// <summary>Lists of more numbers are of no interest; neither are more attributes and longer texts.</summary>
    private const int MostNumbers = 16, MostAttributes = 64, LongestText = 64;

    private const int AttributeFloat = 2, AttributeText = 4, AttributeTensor = 5, AttributeFloats = 7, AttributeIntegers = 8;
    private const int FloatType = 1;

    /// <summary>Reads a node.</summary>
    public static OnnxNode Read(ReadOnlySpan<byte> node)
    {
        string type = TextsOf(node, NodeOperation).LastOrDefault(""), domain = TextsOf(node, NodeDomain).LastOrDefault("");
        var attributes = new Dictionary<string, OnnxAttribute>();
        var fields = new ProtobufReader(node);
        while (fields.Next() && attributes.Count < MostAttributes)
        {
            if (fields.Field == NodeAttribute)
                attributes[TextsOf(fields.Content, AttributeName).LastOrDefault("")] = ReadAttribute(fields.Content);
        }
        return new OnnxNode(
            IsOnnx(node, NodeDomain) ? type : $"{domain}.{type}", TextsOf(node, NodeInput), TextsOf(node, NodeOutput),
            attributes);
    }

    private static OnnxAttribute ReadAttribute(ReadOnlySpan<byte> attribute)
    {
        var read = new OnnxAttribute();
        List<long> integers = [];
        List<double> floats = [];
        var fields = new ProtobufReader(attribute);
        while (fields.Next() && integers.Count <= MostNumbers && floats.Count <= MostNumbers)
        {
            switch (fields.Field)
            {
                case AttributeFloat when fields.Content.Length == sizeof(float):
                    read = read with { Float = BinaryPrimitives.ReadSingleLittleEndian(fields.Content) };
                    break;
                case AttributeInteger:
                    read = read with { Integer = (long)fields.Number };
                    break;
                case AttributeText when fields.Content.Length <= LongestText:
                    read = read with { Text = Encoding.UTF8.GetString(fields.Content) };
                    break;
                case AttributeTensor:
                    read = read with { Tensor = OnnxTensorReader.TryRead(fields.Content) };
                    break;
                case AttributeFloats:
                    OnnxTensorReader.AddRaw(floats, fields.Content, FloatType);
                    break;
                case AttributeIntegers:
                    OnnxTensorReader.AddIntegers(integers, fields, MostNumbers);
                    break;
            }
        }
        return read with { Integers = integers, Floats = floats };
    }
}

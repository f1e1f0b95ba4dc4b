using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>
/// A model turned from [N,C,H,W] to [N,H,W,C], or back: the image that it takes, and each output of four dimensions. It has the
/// same weights, and the same mask.
/// </summary>
internal static class TurnedModel
{
    private static readonly int[] _toLast = [0, 2, 3, 1], _toFirst = [0, 3, 1, 2];

    /// <summary>Writes the model turned into a folder, with the files beside it that belong to it.</summary>
    /// <returns>The file.</returns>
    public static string Write(string modelFile, string folder)
    {
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(modelFile)!))
        {
            if (Path.GetExtension(file) is ".json" or ".data") File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
        string turned = Path.Combine(folder, "turned.onnx");
        File.WriteAllBytes(turned, Of(File.ReadAllBytes(modelFile)));
        return turned;
    }

    /// <summary>The model turned.</summary>
    public static byte[] Of(byte[] model)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(model);
        GraphProto graph = proto.Graph;
        ValueInfoProto image = graph.Input[0];
        bool isLast = Shape(image)[3].DimValue == 3;
        graph.Node.Insert(0, Turn($"turned_{image.Name}", image.Name, isLast ? _toLast : _toFirst));
        Rename(image, isLast ? _toFirst : _toLast);
        foreach (ValueInfoProto output in graph.Output.Where(output => Shape(output).Count == 4))
        {
            int[] order = isLast ? _toFirst : _toLast;
            graph.Node.Add(Turn(output.Name, $"turned_{output.Name}", order));
            Rename(output, order);
        }
        return proto.ToByteArray();
    }

    private static IList<TensorShapeProto.Types.Dimension> Shape(ValueInfoProto value) => value.Type.TensorType.Shape.Dim;

    private static NodeProto Turn(string from, string to, int[] order)
    {
        var axes = new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints };
        axes.Ints.Add(order.Select(axis => (long)axis));
        return new NodeProto { OpType = "Transpose", Input = { from }, Output = { to }, Attribute = { axes } };
    }

    private static void Rename(ValueInfoProto value, int[] order)
    {
        IList<TensorShapeProto.Types.Dimension> shape = Shape(value);
        TensorShapeProto.Types.Dimension[] turned = [.. order.Select(axis => shape[axis])];
        for (int i = 0; i < turned.Length; i++) shape[i] = turned[i];
        value.Name = $"turned_{value.Name}";
    }
}

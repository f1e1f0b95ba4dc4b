using Google.Protobuf;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>A graph whose only node is a loop that never ends.</summary>
internal static class EndlessModel
{
    public static byte[] Create()
    {
        var graph = new OnnxGraphBuilder("endless");
        string image = graph.Input("image", OnnxElementType.Float, "N", 3, "H", "W");
        graph.Output("probabilities", image, OnnxElementType.Float, "N", 3, "H", "W");
        ModelProto model = ModelProto.Parser.ParseFrom(graph.ToModel(TestGraphs.Described().ToProperties()));
        const int Bool = 9;
        model.Graph.Initializer.Add(new TensorProto { Name = "forever", DataType = Bool, RawData = ByteString.CopyFrom(1) });
        var loop = new NodeProto { OpType = "Loop", Input = { "", "forever", image }, Output = { "looped" } };
        loop.Attribute.Add(GraphAttribute("body", Body(Bool)));
        model.Graph.Node.Single().Input[0] = "looped";
        model.Graph.Node.Insert(0, loop);
        return model.ToByteArray();
    }

    private static GraphProto Body(int boolean)
    {
        const int Float = 1, Int64 = 7;
        return new GraphProto
        {
            Name = "body",
            Input = { Scalar("i", Int64), Scalar("go_on", boolean), Value("before", Float) },
            Output = { Scalar("still", boolean), Value("after", Float) },
            Node =
            {
                new NodeProto { OpType = "Identity", Input = { "go_on" }, Output = { "still" } },
                new NodeProto { OpType = "Identity", Input = { "before" }, Output = { "after" } },
            },
        };
    }

    private static ValueInfoProto Value(string name, int type) =>
        new() { Name = name, Type = new TypeProto { TensorType = new() { ElemType = type } } };

    private static ValueInfoProto Scalar(string name, int type)
    {
        ValueInfoProto value = Value(name, type);
        value.Type.TensorType.Shape = new TensorShapeProto();
        return value;
    }

    // AttributeProto's g, and its type GRAPH, which the project's own graphs have no need of.
    private static AttributeProto GraphAttribute(string name, GraphProto graph)
    {
        const int Graph = 6, Type = 20 << 3, GraphType = 5;
        byte[] bytes = [.. new AttributeProto { Name = name }.ToByteArray(), .. EditedModel.Field(Graph, graph.ToByteArray()),
            .. Varint(Type), GraphType];
        return AttributeProto.Parser.ParseFrom(bytes);
    }

    private static byte[] Varint(int value) => [(byte)((value & 0x7F) | 0x80), (byte)(value >> 7)];
}

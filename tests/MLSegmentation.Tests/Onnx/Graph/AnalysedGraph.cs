using Google.Protobuf;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>Small graphs as others export them, and what this project reads of them without running them.</summary>
internal static class AnalysedGraph
{
    public static OnnxDimension[] FreeImage { get; } = ["n", 3, "h", "w"];

    /// <summary>A graph from <c>image</c> of three channels to <c>out</c>.</summary>
    /// <param name="make">Makes the value of the output of the image.</param>
    /// <param name="type">The output's type.</param>
    /// <param name="sizes">The output's sizes.</param>
    public static byte[] Model(
        Func<OnnxGraphBuilder, string, string> make, OnnxElementType type, params OnnxDimension[] sizes) =>
        Model(OnnxElementType.Float, FreeImage, (graph, image) => graph.Output("out", make(graph, image), type, sizes));

    /// <summary>A graph over <c>image</c>.</summary>
    /// <param name="type">The image's type.</param>
    /// <param name="sizes">The image's sizes.</param>
    /// <param name="make">Makes the outputs of the image.</param>
    public static byte[] Model(OnnxElementType type, OnnxDimension[] sizes, Action<OnnxGraphBuilder, string> make)
    {
        var graph = new OnnxGraphBuilder("analysed");
        make(graph, graph.Input("image", type, sizes));
        return graph.ToModel(new Dictionary<string, string>());
    }

    /// <summary>A convolution that makes that many channels of a value of three.</summary>
    public static string Conv(this OnnxGraphBuilder graph, string value, int channels, int from = 3) => graph.Node(
        "Conv", [value, graph.Initializer("weights", [channels, from, 1, 1], new float[channels * from])],
        ("kernel_shape", new long[] { 1, 1 }));

    /// <summary>A constant of numbers, by default of a single one without axes.</summary>
    public static string Number(this OnnxGraphBuilder graph, params float[] numbers) =>
        graph.Initializer("number", numbers.Length == 1 ? [] : [1, numbers.Length, 1, 1], numbers);

    /// <summary>A list of integers, such as axes.</summary>
    public static string Integers(this OnnxGraphBuilder graph, params long[] numbers) =>
        graph.Initializer("integers", [numbers.Length], numbers);

    /// <summary>The model as one of another operator set.</summary>
    public static byte[] OfOperatorSet(this byte[] model, long version)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(model);
        proto.OpsetImport[0].Version = version;
        return proto.ToByteArray();
    }

    /// <summary>The outputs of a model that no session is opened of, whatever it leaves open.</summary>
    public static SegmentationOutputs Read(byte[] model)
    {
        OnnxGraph graph = OnnxGraphReader.Read(model);
        OnnxDeclaration declared = OnnxDeclaration.TryRead(model)!;
        return new SegmentationOutputs(
            graph, declared.Inputs, declared.Outputs, ImageInputFormat.Of(declared.Inputs[0], graph)!, classes: 0);
    }

    public static OnnxModelInfo Info(this byte[] model) => OnnxModelInfo.Of(OnnxModelSource.Of(model));

    public static SegmentationOutput Scores(this byte[] model) => model.Info().RequireScores("The model", null);
}

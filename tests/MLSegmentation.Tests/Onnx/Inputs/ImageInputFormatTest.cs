using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageInputFormatTest
{
    private const bool First = false, Last = true;

    [TestMethod]
    [DataRow(First, 3, "1,3,8,16")]
    [DataRow(First, 4, "n,4,h,w")]
    [DataRow(First, 1, "8,1,h,w")]
    [DataRow(Last, 3, "n,h,w,3")]
    [DataRow(Last, 1, "1,8,16,1")]
    [DataRow(First, 4, "n,4,8,4", DisplayName = "4 columns")]
    [DataRow(Last, 4, "n,4,8,4", DisplayName = "4 rows")]
    [DataRow(First, 4, "batch_size,num_channels,height,width", DisplayName = "free channels by name")]
    [DataRow(Last, 3, "batch,height,width,Channels", DisplayName = "free last channels by name")]
    [DataRow(First, 1, "a,b,c,d", DisplayName = "free channels by the graph")]
    [DataRow(Last, 4, "p,q,r,s", DisplayName = "free last channels by the graph")]
    [DataRow(First, 4, "1,p,256,256")]
    [DataRow(Last, 4, "1,256,256,p")]
    public void Of_InputOfImages_IsItsForm(bool isLast, int channels, string dimensions)
    {
        TensorLayout layout = LayoutOf(isLast);
        byte[] model = InputGraphs.Create(OnnxElementType.Float, layout, channels, Parse(dimensions));

        ImageInputFormat format = OnnxModelInfo.Of(OnnxModelSource.Of(model)).InputFormat;

        Assert.AreEqual(layout, format.Layout);
        Assert.AreEqual(channels, format.Channels);
        Assert.AreEqual($"x: Single[{dimensions}]", format.Value.ToString());
    }

    [TestMethod]
    [DataRow("n,c,h,w", First, 3)]
    [DataRow("n,h,w,c", Last, 3)]
    [DataRow("a,b,d,e", First, 3)]
    [DataRow("n,h,w,4", Last, 4)]
    public void Of_GraphThatTellsNothing_IsColourByTheNamesOfSizes(string dimensions, bool isLast, int channels)
    {
        var format = ImageInputFormat.Of(Input(typeof(float), dimensions), new OnnxGraph());

        Assert.AreEqual((LayoutOf(isLast), channels), (format!.Layout, format.Channels));
    }

    [TestMethod]
    [DataRow("n,5,8,8")]
    [DataRow("n,512,h,w")]
    [DataRow("n,3,8")]
    [DataRow("n,3,8,8,8")]
    [DataRow("")]
    public void Of_InputOfOtherSizes_IsNone(string dimensions) =>
        Assert.IsNull(ImageInputFormat.Of(Input(typeof(float), dimensions), new OnnxGraph()));

    [TestMethod]
    [DataRow(typeof(int))]
    [DataRow(typeof(double))]
    [DataRow(typeof(sbyte))]
    public void Of_InputOfAnotherType_IsNone(Type type) =>
        Assert.IsNull(ImageInputFormat.Of(Input(type, "n,3,h,w"), new OnnxGraph()));

    [TestMethod]
    public void Of_ConvolutionOfGroups_TakesTheChannelsOfAll()
    {
        var graph = new OnnxGraphBuilder("groups");
        string image = graph.Input("x", OnnxElementType.Float, "a", "b", "d", "e");
        string scaled = graph.Node("Div", [image, graph.Initializer("scale", [1], [255f])]);
        string weights = graph.Initializer("w", [4, 1, 1, 1], [1f, 2, 3, 4]);
        graph.Output(
            "y", graph.Node("Conv", [scaled, weights], ("group", 4L)), OnnxElementType.Float, "a", 4, "d", "e");

        OnnxModelInfo model = OnnxModelInfo.FromBytes(graph.ToModel(new Dictionary<string, string>()));

        Assert.AreEqual(4, model.Channels);
    }

    [TestMethod]
    [DataRow("n,3,2*hh,2*ww", 2)]
    [DataRow("n,3,32*h,32*w", 32)]
    [DataRow("n,3,2*h,3*w", 6)]
    [DataRow("n,3,4*h,w", 4)]
    [DataRow("n,3,h,w", 1)]
    [DataRow("n,3,2*h+1,w*2", 1)]
    [DataRow("n,3,0*h,-2*w", 1)]
    [DataRow("n,3,9999*h,9998*w", 1)]
    [DataRow("n,3,99999999999*h,w", 1)]
    [DataRow("n,16*h,8*w,3", 16)]
    public void NamedMultiple_OfSizes_IsTheLeastOfBoth(string dimensions, int expected) =>
        Assert.AreEqual(expected, ImageInputFormat.Of(Input(typeof(float), dimensions), new OnnxGraph())!.NamedMultiple);

    private static TensorLayout LayoutOf(bool isLast) => isLast ? TensorLayout.ChannelsLast : TensorLayout.ChannelsFirst;

    private static OnnxDimension[] Parse(string dimensions) =>
        [.. dimensions.Split(',').Select(size => long.TryParse(size, out long value) ? (OnnxDimension)value : size)];

    private static OnnxValueInfo Input(Type type, string dimensions)
    {
        string[] sizes = dimensions.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new OnnxValueInfo("x", type, [.. sizes.Select(size => int.TryParse(size, out int value) ? value : -1)])
        {
            DimensionNames = [.. sizes.Select(size => int.TryParse(size, out _) ? "" : size)],
        };
    }
}

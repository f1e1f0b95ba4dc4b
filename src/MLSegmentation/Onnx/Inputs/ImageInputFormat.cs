using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>The form in which a graph takes images.</summary>
/// <param name="Value">The input: of <see cref="float"/>, <see cref="Float16"/> or <see cref="byte"/>.</param>
/// <param name="Layout">Where its channels lie.</param>
/// <param name="Channels">1 (luma), 3 (colour) or 4 (colour and alpha).</param>
internal sealed record ImageInputFormat(OnnxValueInfo Value, TensorLayout Layout, int Channels)
{
    /// <summary>The only height that the graph takes; null where it takes any.</summary>
    public int? Height => Fixed(Value.Dimensions[HeightAxis]);

    /// <summary>The only width that the graph takes; null where it takes any.</summary>
    public int? Width => Fixed(Value.Dimensions[HeightAxis + 1]);

    /// <summary>The only number of images that the graph takes at a time; null where it takes any.</summary>
    public int? Batch => Fixed(Value.Dimensions[0]);

    /// <summary>Whether the graph takes whole numbers of 0 to 255 and no others.</summary>
    public bool IsOfBytes => Value.ElementType == typeof(byte);

    /// <summary>
    /// What height and width are multiples of, as their names say, such as <c>32*h</c> (torch's exporter writes that); 1 where
    /// they say nothing.
    /// </summary>
    public int NamedMultiple => SizeNames.MultipleOf(Value.DimensionNames[HeightAxis], Value.DimensionNames[HeightAxis + 1]);

    /// <summary>The axis of the channels.</summary>
    public int ChannelAxis => Layout == TensorLayout.ChannelsFirst ? 1 : 3;

    private int HeightAxis => Layout == TensorLayout.ChannelsFirst ? 2 : 1;

    /// <summary>The form of an input; null where it takes no image.</summary>
    /// <param name="value">The input.</param>
    /// <param name="graph">The graph, which tells the channels where their number is free.</param>
    public static ImageInputFormat? Of(OnnxValueInfo value, OnnxGraph graph)
    {
        if (value.ElementType != typeof(float) && value.ElementType != typeof(Float16) && value.ElementType != typeof(byte))
            return null;
        return InputChannels.Of(value, graph) is (var layout, var channels) && channels is 1 or 3 or 4
            ? new ImageInputFormat(value, layout, channels)
            : null;
    }

    /// <summary>The sizes of a tensor of images in this form.</summary>
    /// <param name="count">How many images it holds.</param>
    /// <param name="height">Their height.</param>
    /// <param name="width">Their width.</param>
    public long[] ShapeFor(int count, int height, int width) => Layout == TensorLayout.ChannelsFirst
        ? [count, Channels, height, width]
        : [count, height, width, Channels];

    private static int? Fixed(int dimension) => dimension > 0 ? dimension : null;
}

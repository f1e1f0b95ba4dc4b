namespace MLSegmentation;

/// <summary>The form in which a graph takes images.</summary>
/// <param name="Value">The input.</param>
/// <param name="Layout">Where its channels lie.</param>
/// <param name="Channels">1 (luma), 3 (colour) or 4 (colour and alpha).</param>
internal sealed record ImageInputFormat(OnnxValueInfo Value, TensorLayout Layout, int Channels)
{
    /// <summary>The only height that the graph takes; null where it takes any.</summary>
    public int? Height => Fixed(Value.Dimensions[Layout == TensorLayout.ChannelsFirst ? 2 : 1]);

    /// <summary>The only width that the graph takes; null where it takes any.</summary>
    public int? Width => Fixed(Value.Dimensions[Layout == TensorLayout.ChannelsFirst ? 3 : 2]);

    /// <summary>The only number of images that the graph takes at a time; null where it takes any.</summary>
    public int? Batch => Fixed(Value.Dimensions[0]);

    /// <summary>The form of an input; null where it takes no image.</summary>
    public static ImageInputFormat? Of(OnnxValueInfo value)
    {
        if (value.Dimensions is not [_, var second, _, var last] || value.ElementType != typeof(float)) return null;
        return IsChannels(second) ? new ImageInputFormat(value, TensorLayout.ChannelsFirst, second)
            : IsChannels(last) ? new ImageInputFormat(value, TensorLayout.ChannelsLast, last)
            : null;
    }

    private static bool IsChannels(int size) => size is 1 or 3 or 4;

    private static int? Fixed(int dimension) => dimension > 0 ? dimension : null;
}

namespace MLSegmentation.Training.Onnx;

/// <summary>
/// The nodes that make of <c>image</c> (float32 [N,C,H,W], red, green and blue, or gray, 0 to 255) what a graph takes.
/// </summary>
internal static class FirstNodes
{
    /// <summary>Writes them.</summary>
    /// <param name="nodes">Receives them.</param>
    /// <param name="format">What the graph takes.</param>
    /// <param name="scaling">What becomes of the values of pixels.</param>
    /// <returns>The name of the last value; that of the image where there is nothing to do.</returns>
    public static string Write(NodeWriter nodes, ImageInputFormat format, PixelScaling scaling)
    {
        string value = Scale(nodes, GraphNames.Image, scaling);
        if (format.Batch is > 1 and var images) value = nodes.Node("Tile", [value, nodes.Integers(images, 1, 1, 1)]);
        if (format.Layout == TensorLayout.ChannelsLast)
            value = nodes.Node("Transpose", [value], ("perm", new long[] { 0, 2, 3, 1 }));
        if (format.Value.ElementType == typeof(float)) return value;
        if (format.Value.ElementType != typeof(byte)) return nodes.Cast(value, OnnxElementType.Float16);
        string rounded = nodes.Node("Round", [value]);
        return nodes.Cast(
            nodes.Node("Clip", [rounded, nodes.Floats([byte.MinValue]), nodes.Floats([byte.MaxValue])]), OnnxElementType.UInt8);
    }

    private static string Scale(NodeWriter nodes, string value, PixelScaling scaling)
    {
        int channels = scaling.Channels;
        float[] factors = [.. Enumerable.Range(0, channels).Select(channel => scaling.Factors[channel])],
            offsets = [.. Enumerable.Range(0, channels).Select(channel => scaling.Offsets[channel])];
        if (scaling.IsBgr && channels > 1)
        {
            long[] swapped = [2, 1, 0, .. channels > 3 ? [3L] : Array.Empty<long>()];
            value = nodes.Node("Gather", [value, nodes.Integers(swapped)], ("axis", 1L));
        }
        if (factors.Any(factor => factor != 1))
            value = nodes.Node("Mul", [value, nodes.Floats(factors, 1, channels, 1, 1)]);
        return offsets.Any(offset => offset != 0)
            ? nodes.Node("Add", [value, nodes.Floats(offsets, 1, channels, 1, 1)])
            : value;
    }
}

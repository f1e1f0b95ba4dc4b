namespace MLSegmentation;

/// <summary>The channels that a node takes of a value.</summary>
/// <param name="Axis">The value's axis of classes.</param>
/// <param name="First">The first of them; null where unknown.</param>
/// <param name="Count">How many; null where unknown.</param>
/// <param name="IsWhole">Whether it takes all of them, and less of something else.</param>
internal readonly record struct ChannelRange(OnnxAxis Axis, long? First, long? Count, bool IsWhole)
{
    /// <summary>What a node <c>Slice</c>, <c>Split</c> or <c>Gather</c> takes; null where it cannot be told.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The node.</param>
    /// <param name="value">The output that is looked at.</param>
    /// <param name="classes">
    /// Its axis of classes; where it has none, the axis that the node takes away is that of the value.
    /// </param>
    /// <param name="channelsOf">How many channels another value has; null where unknown.</param>
    public static ChannelRange? Of(
        OnnxGraph graph, OnnxNode node, string value, OnnxAxis classes, Func<string, OnnxAxis, long?> channelsOf) =>
        node.Operator switch
        {
            "Slice" => OfSlice(graph, node, classes, channelsOf),
            "Split" => OfSplit(graph, node, value, classes, channelsOf),
            "Gather" => OfGather(graph, node, classes),
            _ => null,
        };

    private static ChannelRange Whole(OnnxAxis classes) => new(classes, 0, null, true);

    private static ChannelRange? OfSlice(
        OnnxGraph graph, OnnxNode node, OnnxAxis classes, Func<string, OnnxAxis, long?> channelsOf)
    {
        IReadOnlyList<long>? starts = graph.IntegersOf(node, "starts", 1), ends = graph.IntegersOf(node, "ends", 2);
        IReadOnlyList<long>? axes = graph.IntegersOf(node, "axes", 3), steps = graph.IntegersOf(node, "steps", 4);
        for (int i = 0; i < (axes?.Count ?? starts?.Count ?? 0); i++)
        {
            if (!classes.Is(axes?[i] ?? i)) continue;
            bool isEach = steps is null || (i < steps.Count && steps[i] == 1);
            return isEach && starts is not null && ends is not null && i < starts.Count && i < ends.Count
                ? Between(node, classes, starts[i], ends[i], channelsOf)
                : new ChannelRange(classes, null, null, false);
        }
        bool isKnown = axes is not null || starts is not null;
        return isKnown ? Whole(classes) : null;
    }

    private static ChannelRange Between(
        OnnxNode node, OnnxAxis classes, long first, long end, Func<string, OnnxAxis, long?> channelsOf)
    {
        if (first < 0 || end < 0 || end >= int.MaxValue)
        {
            if (channelsOf(node.Input(0), classes) is not { } all)
                return new ChannelRange(classes, null, null, false);
            (first, end) = (FromStart(first, all), FromStart(end, all));
        }
        return new ChannelRange(classes, first, end > first ? end - first : null, false);
    }

    private static long FromStart(long place, long count) => Math.Clamp(place < 0 ? place + count : place, 0, count);

    private static ChannelRange? OfSplit(
        OnnxGraph graph, OnnxNode node, string value, OnnxAxis classes, Func<string, OnnxAxis, long?> channelsOf)
    {
        if (!classes.Is(node.Integer("axis") ?? 0)) return Whole(classes);
        int place = node.Outputs.ToList().IndexOf(value);
        if (graph.IntegersOf(node, "split", 1) is { } sizes)
        {
            return place >= 0 && place < sizes.Count && sizes.All(size => size is > 0 and < int.MaxValue)
                ? new ChannelRange(classes, sizes.Take(place).Sum(), sizes[place], false)
                : null;
        }
        return channelsOf(node.Input(0), classes) is { } count && count % node.Outputs.Count == 0
            ? new ChannelRange(classes, place * (count / node.Outputs.Count), count / node.Outputs.Count, false)
            : new ChannelRange(classes, null, null, false);
    }

    private static ChannelRange? OfGather(OnnxGraph graph, OnnxNode node, OnnxAxis classes)
    {
        long axis = node.Integer("axis") ?? 0;
        if (graph.ConstantOf(node.Input(1)) is not { } places) return null;
        bool isRemoved = places.Shape.Count == 0;
        OnnxAxis before = isRemoved ? classes.BeforeRemoval(axis) : classes;
        if (before.Index is null) return null;
        if (!before.Is(axis)) return Whole(before);
        return new ChannelRange(before, (long?)places.Single, places.Numbers?.Count, false);
    }
}

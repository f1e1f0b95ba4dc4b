namespace MLSegmentation;

/// <summary>
/// Tells from the first nodes of a graph what values it takes: nodes that normalise pixels say what those were before. Only what
/// is certain is told. Means of blue, green and red tell the order of colours; others leave it to the user, red first by default.
/// </summary>
internal static class GraphPreparation
{
    /// <summary>The preparation that a graph's image input wants; null where its nodes do not tell.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">The image input.</param>
    public static FoundPreparation? Find(OnnxGraph graph, ImageInputFormat input)
    {
        var nodes = new FirstNodes(graph, input);
        PixelChange change = nodes.Change;
        bool isBlueFirst = change.Order == ColourOrder.Bgr && !nodes.HasSwap;
        if (input.IsOfBytes || nodes.HasCastToBytes)
            return Found(ImagePreparation.AsIs, input.IsOfBytes ? "the graph's input of bytes" : nodes.Source, isBlueFirst);
        if (!isBlueFirst && change.Order != ColourOrder.Rgb && (nodes.HasSwap || !change.IsSameForAll)) return null;
        return change.IsOfBytes ? Found(ImagePreparation.AsIs, nodes.Source, isBlueFirst)
            : change.IsOfFractions ? Found(ImagePreparation.ZeroToOne, nodes.Source, isBlueFirst)
            : null;
    }

    private static FoundPreparation Found(ImagePreparation preparation, string source, bool isBlueFirst) => new(
        isBlueFirst ? preparation with { ColourOrder = ColourOrder.Bgr } : preparation, source, TellsColourOrder: isBlueFirst);
}

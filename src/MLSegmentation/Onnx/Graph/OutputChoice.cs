namespace MLSegmentation;

/// <summary>Chooses the output that is read where nobody names one.</summary>
/// <param name="graph">The graph.</param>
/// <param name="image">The name of its input that takes the image.</param>
internal sealed class OutputChoice(OnnxGraph graph, string image)
{
    // Areas are quotients of sizes.
    private const double Tolerance = 1e-6;

    /// <summary>The outputs that may be the one: a single one, unless nothing tells which is largest.</summary>
    /// <param name="found">The outputs of a segmentation's shape.</param>
    /// <param name="classes">How many classes are known; 0 where none are.</param>
    public IReadOnlyList<SegmentationOutput> Choose(IReadOnlyList<FoundOutput> found, int classes)
    {
        if (found.Count <= 1) return [.. found.Select(one => one.Output)];
        found = Preferred(found, one => classes > 0 && ClassesOf(one.Output) == classes);
        found = Preferred(found, one => !OutputNames.IsOfFeatures(one.Output.Name) && !OutputNames.IsOfTraining(one.Output.Name));
        var origins = new OutputOrigins(graph, found.Select(one => one.Output.Name));
        return Largest(Preferred(found, one => !origins.IsOrigin(one.Output.Name)));
    }

    private static IReadOnlyList<FoundOutput> Preferred(IReadOnlyList<FoundOutput> found, Func<FoundOutput, bool> isPreferred) =>
        found.Where(isPreferred).ToArray() is { Length: > 0 } preferred ? preferred : found;

    private IReadOnlyList<SegmentationOutput> Largest(IReadOnlyList<FoundOutput> found)
    {
        if (found.Count > 1 && !found.All(one => HaveOneSize(one.Output, found[0].Output)))
        {
            var trace = new AreaTrace(graph, image);
            FoundOutput[] measured = [.. found.Select(one => one with { Area = one.Area ?? trace.Of(one.Output.Name) })];
            double largest = measured.Max(one => one.Area) ?? 0;

            // Nothing is larger than the image, as good as always.
            if (largest < 1 - Tolerance && measured.Any(one => one.Area is null)) return [.. measured.Select(one => one.Output)];
            found = [.. measured.Where(one => one.Area >= largest * (1 - Tolerance))];
        }
        return [found.OrderBy(one => one.Output.Kind is null).ThenBy(one => one.Output.Kind == ScoreKind.Labels).First().Output];
    }

    /// <summary>Whether height and width of two outputs are the same numbers or names.</summary>
    private static bool HaveOneSize(SegmentationOutput one, SegmentationOutput other)
    {
        NamedSize[] sizes = NamedSize.Of(one.Value), others = NamedSize.Of(other.Value);
        return AreOne(sizes[one.HeightAxis], others[other.HeightAxis]) && AreOne(sizes[one.WidthAxis], others[other.WidthAxis]);
    }

    private static bool AreOne(NamedSize size, NamedSize other) =>
        size == other && (size.Fixed is not null || size.Name.Length > 0);

    private static int? ClassesOf(SegmentationOutput output) => output.Channels is 1 ? 2 : output.Channels;
}

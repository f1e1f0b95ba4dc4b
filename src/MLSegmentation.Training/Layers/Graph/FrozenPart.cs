namespace MLSegmentation.Training.Layers;

/// <summary>
/// The part of a network that training does not change: every value that is made by frozen layers, and layers without weights,
/// from the inputs alone. For one image it always answers the same, so it can be computed once.
/// </summary>
internal sealed class FrozenPart
{
    private FrozenPart(LayerGraph graph)
    {
        var frozen = new HashSet<SymbolicTensor>(graph.Inputs);
        foreach (SymbolicTensor node in graph.Nodes)
        {
            if (node.Inputs.Count > 0 && !node.Layer.IsRandom && IsFrozen(node) && node.Inputs.All(frozen.Contains))
                frozen.Add(node);
        }
        Nodes = [.. graph.Nodes.Where(frozen.Contains)];
        Rest = [.. graph.Nodes.Where(node => !frozen.Contains(node))];
        Boundary = [.. Rest.SelectMany(node => node.Inputs).Where(frozen.Contains).Distinct()];
    }

    /// <summary>The values of the part, each after those it is made of; the inputs are among them.</summary>
    public IReadOnlyList<SymbolicTensor> Nodes { get; }

    /// <summary>The values that the rest of the network uses.</summary>
    public IReadOnlyList<SymbolicTensor> Boundary { get; }

    /// <summary>All other values of the network, each after those it is made of.</summary>
    public IReadOnlyList<SymbolicTensor> Rest { get; }

    /// <summary>The frozen part of a network; null where no layer with weights is frozen next to the inputs.</summary>
    public static FrozenPart? Of(LayerGraph graph)
    {
        var part = new FrozenPart(graph);
        bool hasWeights = part.Nodes.Any(
            node => node.Inputs.Count > 0 && node.Layer.Weights(LayerGraph.InputShapes(node)).Count > 0);
        return hasWeights && part.Rest.Count > 0 ? part : null;
    }

    private static bool IsFrozen(SymbolicTensor node) =>
        !node.Layer.IsTrainable || node.Layer.Weights(LayerGraph.InputShapes(node)).Count == 0;
}

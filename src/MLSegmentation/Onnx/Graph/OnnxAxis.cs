namespace MLSegmentation;

/// <summary>One axis of a value, for whoever follows it back through the nodes that turn or reshape it.</summary>
/// <param name="Index">
/// Its place, counted from 0; where the rank is unknown also from the end: -1 is the last. Null where the value has no such axis,
/// or nobody knows which it is.
/// </param>
/// <param name="Rank">How many axes the value has; null where unknown.</param>
internal readonly record struct OnnxAxis(int? Index, int? Rank)
{
    private const int MostAxes = 16;

    /// <summary>Whether an attribute names this axis; from the end where it is negative.</summary>
    public bool Is(long axis) => Index is int index && (Rank is int rank && axis < 0 ? axis + rank : axis) == index;

    /// <summary>Whether it is the last axis.</summary>
    public bool IsLast => Index is int index && index == (Rank is int rank ? rank - 1 : -1);

    /// <summary>The axis of a node's first input that becomes this one of its output.</summary>
    public OnnxAxis Before(OnnxNode node, OnnxGraph graph) => node.Operator switch
    {
        "Transpose" => BeforeTranspose(node.Integers("perm")),
        "Squeeze" => BeforeSqueeze(graph.IntegersOf(node, "axes", 1)),
        "Unsqueeze" => BeforeUnsqueeze(graph.IntegersOf(node, "axes", 1)),
        "Reshape" => BeforeReshape(),
        "Flatten" => default,
        _ => this,
    };

    /// <summary>The axis of a node's output that this one of its first input becomes; unknown behind other shapes.</summary>
    public OnnxAxis After(OnnxNode node) => node.Operator switch
    {
        "Transpose" when Rank is int rank && Index is int index => AfterTranspose(node.Integers("perm"), index, rank),
        "Squeeze" or "Unsqueeze" => default,
        _ => this,
    };

    /// <summary>The axis of a value that has one more axis than this one's, at that place.</summary>
    /// <remarks>Where this value has no axis of the kind, the one that was taken away is it.</remarks>
    public OnnxAxis BeforeRemoval(long removed)
    {
        if (Rank is not int rank || rank >= MostAxes) return default;
        if (removed < -rank - 1 || removed > rank) return default;
        int place = (int)(removed < 0 ? removed + rank + 1 : removed);
        return new OnnxAxis(Index is int index ? index >= place ? index + 1 : index : place, rank + 1);
    }

    private OnnxAxis BeforeTranspose(IReadOnlyList<long>? order)
    {
        if ((order?.Count ?? Rank) is not int rank || rank is 0 or > MostAxes) return default;
        if (Index is not int index) return new OnnxAxis(null, rank);
        index = index < 0 ? index + rank : index;
        if (index < 0 || index >= rank) return default;
        long before = order is null ? rank - 1 - index : order[index];
        return before >= 0 && before < rank ? new OnnxAxis((int)before, rank) : default;
    }

    private static OnnxAxis AfterTranspose(IReadOnlyList<long>? order, int index, int rank)
    {
        if (order is null) return new OnnxAxis(rank - 1 - index, rank);
        if (order.Count != rank) return default;
        for (int i = 0; i < rank; i++)
        {
            if (order[i] == index) return new OnnxAxis(i, rank);
        }
        return default;
    }

    private OnnxAxis BeforeSqueeze(IReadOnlyList<long>? axes)
    {
        if (axes is null || Rank is not int rank || axes.Count > MostAxes) return default;
        int whole = rank + axes.Count;
        OnnxAxis before = this;
        foreach (long axis in axes.Select(axis => axis < 0 ? axis + whole : axis).Order()) before = before.BeforeRemoval(axis);
        return Index is null && axes.Count > 1 ? before with { Index = null } : before;
    }

    private OnnxAxis BeforeUnsqueeze(IReadOnlyList<long>? axes)
    {
        if (axes is null || Rank is not int rank || axes.Count > rank) return default;
        long[] added = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        int left = rank - axes.Count;
        return Index is int index && !added.Contains(index)
            ? new OnnxAxis(index - added.Count(axis => axis < index), left)
            : new OnnxAxis(null, left);
    }

    /// <summary>
    /// The axis behind the images, or the last one, stays what it is where others are put together or taken apart. Of two
    /// reshapes nobody knows: with a transpose between them, they make pixels of channels.
    /// </summary>
    private OnnxAxis BeforeReshape() => this switch
    {
        { Rank: null } => default,
        { Index: 1 } => new OnnxAxis(1, null),
        { IsLast: true } => new OnnxAxis(-1, null),
        _ => default,
    };
}

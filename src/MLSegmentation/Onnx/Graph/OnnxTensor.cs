namespace MLSegmentation;

/// <summary>A constant of a graph.</summary>
/// <param name="Shape">Its sizes; none for a single number.</param>
/// <param name="Numbers">Its numbers where they are few and in the file; else null.</param>
internal sealed record OnnxTensor(IReadOnlyList<long> Shape, IReadOnlyList<double>? Numbers)
{
    /// <summary>The number, where it is the only one; else null.</summary>
    public double? Single => Numbers is [var number] ? number : null;
}

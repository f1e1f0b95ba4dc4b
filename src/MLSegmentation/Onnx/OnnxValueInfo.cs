namespace MLSegmentation;

/// <summary>One input or output of an ONNX graph, as the graph declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The .NET type of its elements, such as <see cref="float"/>.</param>
/// <param name="Dimensions">Its sizes, outermost first; -1 where a size is free.</param>
public sealed record OnnxValueInfo(string Name, Type ElementType, IReadOnlyList<int> Dimensions)
{
    /// <summary>Such as <c>image: Single[?,3,?,?]</c>.</summary>
    public override string ToString() =>
        $"{PrintableText.Of(Name)}: {ElementType.Name}["
        + $"{string.Join(',', Dimensions.Select(size => size < 0 ? "?" : $"{size}"))}]";
}

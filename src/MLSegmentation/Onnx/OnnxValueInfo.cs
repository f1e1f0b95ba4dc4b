namespace MLSegmentation;

/// <summary>One input or output of an ONNX graph, as the graph declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">
/// The .NET type of its elements, such as <see cref="float"/>; half precision is ONNX Runtime's <c>Float16</c>.
/// </param>
/// <param name="Dimensions">Its sizes, outermost first; -1 where a size is free.</param>
public sealed record OnnxValueInfo(string Name, Type ElementType, IReadOnlyList<int> Dimensions)
{
    private const int LongestName = 50;

    /// <summary>
    /// The names of the sizes, as many as there are sizes; empty where one is fixed or has no name. Default: no size has one.
    /// </summary>
    public IReadOnlyList<string> DimensionNames { get; internal init; } = [.. Dimensions.Select(_ => "")];

    /// <summary>Such as <c>image: Single[n,3,h,w]</c>, with <c>?</c> for a free size without a name.</summary>
    public override string ToString() =>
        $"{PrintableText.Of(Name)}: {ElementType.Name}[{string.Join(',', Dimensions.Zip(DimensionNames, SizeText))}]";

    private static string SizeText(int size, string name) =>
        size >= 0 ? $"{size}" : name.Length == 0 ? "?" : PrintableText.Of(name, LongestName);
}

namespace MLSegmentation;

/// <summary>An attribute of a node; what it does not have is 0, empty or null.</summary>
internal sealed record OnnxAttribute
{
    public long Integer { get; init; }

    public float Float { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<long> Integers { get; init; } = [];

    public IReadOnlyList<double> Floats { get; init; } = [];

    public OnnxTensor? Tensor { get; init; }
}

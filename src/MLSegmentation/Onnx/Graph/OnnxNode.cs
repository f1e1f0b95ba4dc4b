namespace MLSegmentation;

/// <summary>A node of a graph.</summary>
/// <param name="Operator">
/// Its operator, such as <c>Conv</c>; with its domain before it where that is not ONNX's own: <c>com.microsoft.FusedConv</c>.
/// </param>
/// <param name="Inputs">The values that it takes; one that is left out is empty.</param>
/// <param name="Outputs">The values that it makes.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record OnnxNode(
    string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>The value that it takes at that place; empty where there is none.</summary>
    public string Input(int place) => place < Inputs.Count ? Inputs[place] : "";

    /// <summary>The integer of that name; null where it is left out.</summary>
    public long? Integer(string name) => Attributes.GetValueOrDefault(name)?.Integer;

    /// <summary>The integers of that name; null where they are left out.</summary>
    public IReadOnlyList<long>? Integers(string name) => Attributes.GetValueOrDefault(name)?.Integers;

    /// <summary>The number of that name; null where it is left out.</summary>
    public float? Float(string name) => Attributes.GetValueOrDefault(name)?.Float;

    /// <summary>The text of that name; null where it is left out.</summary>
    public string? Text(string name) => Attributes.GetValueOrDefault(name)?.Text;
}

namespace MLSegmentation;

/// <summary>
/// The nodes and constants of a model's main graph, for whoever follows a value through them. What happens in functions, and in
/// graphs within the graph, is unknown.
/// </summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, OnnxNode?> _makers = [];
    private readonly Dictionary<string, List<OnnxNode>> _users = [];
    private readonly Dictionary<string, OnnxTensor?> _constants = [];

    /// <summary>The version of ONNX's own operators; 0 where the model names none.</summary>
    public long OperatorSet { get; init; }

    /// <summary>Whether nodes have graphs of their own, which may use any value of this one.</summary>
    public bool HasInnerGraphs { get; init; }

    /// <summary>How many nodes it has.</summary>
    public int NodeCount { get; private set; }

    /// <summary>The node that makes a value; null where there is none, or more than one.</summary>
    public OnnxNode? MakerOf(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The nodes that take a value.</summary>
    public IReadOnlyList<OnnxNode> UsersOf(string value) => _users.GetValueOrDefault(value) ?? [];

    /// <summary>A constant, weights too; null where the value is none.</summary>
    public OnnxTensor? ConstantOf(string value)
    {
        if (_constants.GetValueOrDefault(value) is { } constant) return constant;
        return MakerOf(value) is { Operator: "Constant" } node ? OnnxConstants.Of(node) : null;
    }

    /// <summary>Adds a node.</summary>
    public void Add(OnnxNode node)
    {
        NodeCount++;
        foreach (string output in node.Outputs) AddUnambiguous(_makers, output, node);
        foreach (string input in node.Inputs.Distinct())
        {
            if (input.Length == 0) continue;
            if (!_users.TryGetValue(input, out List<OnnxNode>? users)) _users[input] = users = [];
            users.Add(node);
        }
    }

    /// <summary>Adds a constant.</summary>
    public void Add(string name, OnnxTensor? constant) => AddUnambiguous(_constants, name, constant);

    private static void AddUnambiguous<T>(Dictionary<string, T?> values, string name, T? value)
        where T : class
    {
        if (!values.TryAdd(name, value)) values[name] = null;
    }
}

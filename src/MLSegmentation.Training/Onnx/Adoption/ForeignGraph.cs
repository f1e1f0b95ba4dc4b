using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Onnx;

/// <summary>
/// A graph that somebody else exported, whose ends are made those of this project's graphs. What is between them stays.
/// </summary>
internal sealed class ForeignGraph
{
    private const int LeastOperatorSet = 11;
    private readonly ModelProto _model;
    private readonly ValueNames _names;

    /// <param name="model">The model, which is changed.</param>
    /// <param name="source">What errors call it.</param>
    /// <exception cref="InvalidDataException">Its operators are too old to be added to.</exception>
    public ForeignGraph(ModelProto model, string source)
    {
        _model = model;
        _names = new ValueNames(model.Graph);
        OperatorSet = model.OpsetImport.LastOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (OperatorSet < LeastOperatorSet)
        {
            throw new InvalidDataException(
                $"{source} has the operator set {OperatorSet} of ONNX, expected {LeastOperatorSet} or later. Export it with "
                + $"opset {LeastOperatorSet} or later.");
        }
    }

    /// <summary>The version of ONNX's operators.</summary>
    public long OperatorSet { get; }

    /// <summary>Makes nodes for the graph.</summary>
    /// <param name="scope">What the names of the nodes begin with.</param>
    public NodeWriter Nodes(string scope) => new(_names, scope, OperatorSet);

    /// <summary>Gives a value of the graph a name that nothing has, and lets the name that it had go.</summary>
    /// <returns>The new name.</returns>
    public string SetAside(string name)
    {
        string aside = _names.Fresh($"{name}/adopted");
        ValueNames.Rename(_model.Graph, name, aside);
        return aside;
    }

    /// <summary>A name that nothing had, and takes it.</summary>
    public string Fresh(string name) => _names.Fresh(name);

    /// <summary>Lets nothing of the graph have a name.</summary>
    public void Free(string name)
    {
        if (_names.IsTaken(name)) SetAside(name);
    }

    /// <summary>Has everything that took one value take another.</summary>
    public void Replace(string value, string by) => ValueNames.Rename(_model.Graph, value, by);

    /// <summary>What an input or output declares of its dimensions; null where it declares none.</summary>
    public IReadOnlyList<TensorShapeProto.Types.Dimension>? DimensionsOf(string name) =>
        _model.Graph.Input.Concat(_model.Graph.Output).FirstOrDefault(value => value.Name == name)?.Type?.TensorType?.Shape?.Dim;

    /// <summary>Leaves out what none of the values needs: nodes, weights, what is said of values, and inputs.</summary>
    public void KeepOnly(params ReadOnlySpan<string> values)
    {
        GraphProto graph = _model.Graph;
        var makers = new Dictionary<string, NodeProto>();
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output) makers[output] = node;
        }
        var needed = new HashSet<string>();
        var open = new Stack<string>(values.ToArray());
        while (open.TryPop(out string? value))
        {
            if (!needed.Add(value) || !makers.TryGetValue(value, out NodeProto? maker)) continue;
            foreach (string input in ValueNames.UsedBy(maker)) open.Push(input);
        }
        Filter(graph.Node, node => node.Output.Any(needed.Contains));
        Filter(graph.Initializer, weight => needed.Contains(weight.Name));
        Filter(graph.SparseInitializer, weight => needed.Contains(weight.Values?.Name ?? ""));
        Filter(graph.ValueInfo, value => needed.Contains(value.Name));
        Filter(graph.Input, value => needed.Contains(value.Name));
    }

    /// <summary>Puts nodes before those of the graph, and its image in the place of its input.</summary>
    public void Begin(NodeWriter first, string input, ValueInfoProto image)
    {
        GraphProto graph = _model.Graph;
        NodeProto[] nodes = [.. first.Nodes, .. graph.Node];
        graph.Node.Clear();
        graph.Node.Add(nodes);
        Filter(graph.Input, value => value.Name != input);
        graph.Input.Insert(0, image);
    }

    /// <summary>Puts nodes behind those of the graph, and outputs in the place of its own.</summary>
    public void End(NodeWriter last, params ReadOnlySpan<ValueInfoProto> outputs)
    {
        _model.Graph.Node.Add(last.Nodes);
        _model.Graph.Output.Clear();
        foreach (ValueInfoProto output in outputs) _model.Graph.Output.Add(output);
    }

    private static void Filter<T>(ICollection<T> items, Func<T, bool> isKept)
    {
        T[] kept = [.. items.Where(isKept)];
        items.Clear();
        foreach (T item in kept) items.Add(item);
    }
}

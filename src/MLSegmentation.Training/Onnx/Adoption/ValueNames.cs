using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training.Onnx;

/// <summary>
/// The names that a graph has given, and those within its nodes, which may use values of the graph around them.
/// </summary>
internal sealed class ValueNames
{
    private readonly HashSet<string> _taken = [];

    public ValueNames(GraphProto graph) => Add(graph);

    /// <summary>Whether something has this name.</summary>
    public bool IsTaken(string name) => _taken.Contains(name);

    /// <summary>A name that nothing had, and takes it.</summary>
    /// <param name="name">What it begins with.</param>
    public string Fresh(string name)
    {
        string fresh = name;
        for (int i = 2; !_taken.Add(fresh); i++) fresh = $"{name}_{i}";
        return fresh;
    }

    /// <summary>Puts a name in the place of another, wherever a graph and those within its nodes have it.</summary>
    public static void Rename(GraphProto graph, string from, string to)
    {
        string Renamed(string name) => name == from ? to : name;
        foreach (ValueInfoProto value in Described(graph)) value.Name = Renamed(value.Name);
        foreach (TensorProto tensor in Tensors(graph)) tensor.Name = Renamed(tensor.Name);
        foreach (NodeProto node in graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++) node.Input[i] = Renamed(node.Input[i]);
            for (int i = 0; i < node.Output.Count; i++) node.Output[i] = Renamed(node.Output[i]);
            foreach (GraphProto inner in GraphsOf(node)) Rename(inner, from, to);
        }
    }

    /// <summary>The values that a node takes, and those that the graphs within it may take.</summary>
    public static IEnumerable<string> UsedBy(NodeProto node) =>
        node.Input.Concat(GraphsOf(node).SelectMany(
            graph => graph.Node.SelectMany(UsedBy).Concat(graph.Output.Select(output => output.Name))));

    private static IEnumerable<GraphProto> GraphsOf(NodeProto node) =>
        node.Attribute.SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Prepend(graph) : attribute.Graphs);

    private static IEnumerable<ValueInfoProto> Described(GraphProto graph) =>
        graph.Input.Concat(graph.Output).Concat(graph.ValueInfo);

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) =>
        graph.Initializer.Concat(graph.SparseInitializer.Select(sparse => sparse.Values).OfType<TensorProto>());

    private void Add(GraphProto graph)
    {
        _taken.UnionWith(Described(graph).Select(value => value.Name));
        _taken.UnionWith(Tensors(graph).Select(tensor => tensor.Name));
        foreach (NodeProto node in graph.Node)
        {
            _taken.Add(node.Name);
            _taken.UnionWith(node.Input.Concat(node.Output));
            foreach (GraphProto inner in GraphsOf(node)) Add(inner);
        }
    }
}

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A network: the layers between its inputs and its outputs, each before those that use it. It is a description without
/// numbers; a <see cref="TorchNetwork"/> has the weights.
/// </summary>
public sealed class LayerGraph
{
    private readonly Dictionary<SymbolicTensor, string> _names = [];

    /// <summary>Collects every layer between inputs and outputs and checks that the whole makes sense.</summary>
    /// <param name="name">The network's name, such as <c>unet-compact</c>.</param>
    /// <param name="inputs">What it is given.</param>
    /// <param name="outputs">What it answers.</param>
    /// <exception cref="ArgumentException">
    /// An output depends on an input that is not listed, or two layers have one name.
    /// </exception>
    public LayerGraph(string name, IReadOnlyList<SymbolicTensor> inputs, IReadOnlyList<SymbolicTensor> outputs)
    {
        (Name, Inputs, Outputs) = (name, inputs, outputs);
        Nodes = [.. Sort()];
        var defaults = new Dictionary<string, int>();
        foreach (SymbolicTensor node in Nodes) _names.Add(node, NameOf(node, defaults));
        foreach (var uses in Nodes.GroupBy(node => node.Layer)) CheckSharedWeights([.. uses]);
        SizeMultiple = OutputStride.SizeMultiple(this);
    }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    /// <summary>The values it is given.</summary>
    public IReadOnlyList<SymbolicTensor> Inputs { get; }

    /// <summary>The values it answers.</summary>
    public IReadOnlyList<SymbolicTensor> Outputs { get; }

    /// <summary>Every value from the inputs to the outputs, each after those it is made of.</summary>
    public IReadOnlyList<SymbolicTensor> Nodes { get; }

    /// <summary>
    /// The number that heights and widths are to be multiples of. Every stride then divides them without a remainder, and what is
    /// brought back up has the size of what it came from. It follows from the layers: 32 where a network halves five times and
    /// doubles again.
    /// </summary>
    public int SizeMultiple { get; }

    /// <summary>The layers that have weights, each once, with the values of their first use.</summary>
    public IEnumerable<(Layer Layer, string Name, IReadOnlyList<WeightSpec> Weights)> WeightedLayers =>
        from node in Nodes.DistinctBy(node => node.Layer)
        let weights = node.Layer.Weights(InputShapes(node))
        where weights.Count > 0
        select (node.Layer, NameOf(node), weights);

    /// <summary>All weights and statistics.</summary>
    public long ParameterCount => WeightedLayers.Sum(layer => layer.Weights.Sum(weight => weight.Count));

    /// <summary>The weights that training changes by gradients.</summary>
    public long TrainableParameterCount => WeightedLayers
        .Where(layer => layer.Layer.IsTrainable)
        .Sum(layer => layer.Weights.Where(weight => weight.IsTrainable).Sum(weight => weight.Count));

    /// <summary>The name of a value's layer in this network: its own, or Keras's default with a number.</summary>
    public string NameOf(SymbolicTensor node) => _names[node];

    /// <summary>The shapes of every value when the inputs have these.</summary>
    /// <exception cref="ArgumentException">
    /// A layer cannot take the shape it is given; the message names it and both shapes.
    /// </exception>
    public IReadOnlyDictionary<SymbolicTensor, Shape> InferShapes(params IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != Inputs.Count)
            throw new ArgumentException($"'{Name}' has {Inputs.Count} inputs, {inputs.Count} shapes were given.", nameof(inputs));
        var shapes = new Dictionary<SymbolicTensor, Shape>();
        for (int i = 0; i < inputs.Count; i++) shapes.Add(Inputs[i], inputs[i]);
        foreach (SymbolicTensor node in Nodes)
        {
            if (!shapes.ContainsKey(node)) shapes.Add(node, node.InferShape([.. node.Inputs.Select(input => shapes[input])]));
        }
        return shapes;
    }

    /// <summary>
    /// Floating point operations for one sample of this input shape, a multiplication and an addition counted as two.
    /// </summary>
    public long CountFlops(Shape input)
    {
        var shapes = InferShapes(input);
        return Nodes.Sum(node => node.Layer.CountFlops([.. node.Inputs.Select(value => shapes[value])], shapes[node]));
    }

    /// <summary>
    /// The table that Keras users know: each layer with its output shape, parameters and what it is connected to. Below it are
    /// the totals, trainable and not, and the FLOPs where the size is known.
    /// </summary>
    /// <param name="input">The input shape to print for; null for the one that the network was described with.</param>
    public string Summary(Shape? input = null) => GraphSummary.Print(this, input ?? Inputs[0].Shape);

    internal static Shape[] InputShapes(SymbolicTensor node) => [.. node.Inputs.Select(input => input.Shape)];

    private List<SymbolicTensor> Sort()
    {
        var order = new List<SymbolicTensor>();
        var seen = new HashSet<SymbolicTensor>();
        void Visit(SymbolicTensor node)
        {
            if (!seen.Add(node)) return;
            if (!Inputs.Contains(node))
            {
                if (node.Inputs.Count == 0)
                {
                    throw new ArgumentException(
                        $"'{Name}' depends on the input '{node.Layer.DisplayName}' {node.Shape}, which is not among its "
                        + "inputs; list it.");
                }
                foreach (SymbolicTensor input in node.Inputs) Visit(input);
            }
            order.Add(node);
        }
        foreach (SymbolicTensor input in Inputs) Visit(input);
        foreach (SymbolicTensor output in Outputs) Visit(output);
        return order;
    }

    private static void CheckSharedWeights(SymbolicTensor[] uses)
    {
        static IEnumerable<long> Sizes(SymbolicTensor use) =>
            use.Layer.Weights(InputShapes(use)).SelectMany(weight => weight.Dimensions);
        foreach (SymbolicTensor use in uses)
        {
            if (Sizes(use).SequenceEqual(Sizes(uses[0]))) continue;
            throw new ArgumentException(
                $"Layer '{use.Layer.DisplayName}' is applied to {InputShapes(uses[0])[0]} and to {InputShapes(use)[0]}, but has "
                + "only one set of weights; make a layer for each.");
        }
    }

    private string NameOf(SymbolicTensor node, Dictionary<string, int> defaults)
    {
        if (node.Layer.Name is { } name)
        {
            bool isTaken = _names.Any(other => other.Value == name && other.Key.Layer != node.Layer);
            return isTaken
                ? throw new ArgumentException(
                    $"Two layers of '{Name}' are named '{name}'; a layer's name is unique in its network.")
                : name;
        }
        int number = defaults.GetValueOrDefault(node.Layer.DefaultName);
        defaults[node.Layer.DefaultName] = number + 1;
        return number == 0 ? node.Layer.DefaultName : $"{node.Layer.DefaultName}_{number}";
    }
}

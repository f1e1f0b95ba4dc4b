using MLSegmentation.Training.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// A <see cref="LayerGraph"/> as a TorchSharp module: it owns the weights, named <c>layer/weight</c> as in Keras, and computes
/// the graph. Each value is let go after its last use; autograd keeps what it needs.
/// </summary>
public sealed class TorchNetwork : nn.Module<Tensor, IReadOnlyList<Tensor>>
{
    private const long LargeKernel = 8_000_000;
    private readonly Dictionary<Layer, Tensor[]> _weights = [];
    private readonly Dictionary<SymbolicTensor, List<SymbolicTensor>> _lastUses = [];
    private readonly ConvolutionPrecision _precision;
    private WeightStorage? _storage;

    /// <summary>Makes the weights and fills them by their initialisers.</summary>
    /// <param name="graph">The network; it has one input.</param>
    /// <param name="seed">Equal seeds give equal weights. Default 1.</param>
    /// <param name="device">Where the weights are. Default null: the processor.</param>
    /// <exception cref="ArgumentException">The graph has more than one input.</exception>
    /// <exception cref="InvalidOperationException">There is no native library of TorchSharp.</exception>
    public TorchNetwork(LayerGraph graph, int seed = 1, Device? device = null)
        : base(NameOf(graph))
    {
        if (graph.Inputs.Count != 1)
            throw new ArgumentException($"'{graph.Name}' has {graph.Inputs.Count} inputs, expected one.", nameof(graph));
        (Graph, Device) = (graph, device ?? CPU);
        using var random = new Generator((ulong)seed);
        foreach (var (layer, name, weights) in graph.WeightedLayers)
        {
            _weights.Add(
                layer, [.. weights.Select(weight => Create(weight, $"{name}/{weight.Name}", layer.IsTrainable, random))]);
        }
        RememberLastUses();
        FrozenPart = FrozenPart.Of(graph);
        _precision = TorchBackend.Resolve(ConvolutionPrecision.Auto, Device);
    }

    /// <summary>The network that this computes.</summary>
    public LayerGraph Graph { get; }

    /// <summary>Where the weights are, and the batches must be.</summary>
    public Device Device { get; }

    /// <summary>
    /// The numbers that training computes convolutions with. Default <see cref="ConvolutionPrecision.Auto"/>, which is resolved
    /// by the device. Evaluation is in 32 bits always, as the exported graph is.
    /// </summary>
    public ConvolutionPrecision ConvolutionPrecision
    {
        get => _precision;
        init => _precision = TorchBackend.Resolve(value, Device);
    }

    /// <summary>Stages of the network's encoder; 0 without one.</summary>
    internal int EncoderStages => Graph.Nodes.Max(node => node.Layer.EncoderStage);

    /// <summary>
    /// The encoder's stages, from the first on, that training leaves as they are for now: they have no gradient, and compute as
    /// in evaluation. Default 0.
    /// </summary>
    internal int HeldStages
    {
        get;
        set
        {
            if (field == value) return;
            field = value;
            foreach (Layer layer in _weights.Keys.Where(layer => layer.IsTrainable))
            {
                foreach (Tensor weight in _weights[layer].Where(weight => weight is Parameter))
                    weight.requires_grad = !IsHeld(layer);
            }
        }
    }

    /// <summary>The weights of a layer, in the order of <see cref="Layer.Weights"/>; none for a layer without.</summary>
    public IReadOnlyList<Tensor> WeightsOf(Layer layer) => _weights.TryGetValue(layer, out Tensor[]? weights) ? weights : [];

    /// <summary>All weights and statistics by their names, such as <c>score/kernel</c>, in the order of the graph.</summary>
    internal IEnumerable<NetworkWeight> WeightsByName => Graph.WeightedLayers.SelectMany(
        one => one.Weights.Zip(
            _weights[one.Layer],
            (spec, weight) => new NetworkWeight($"{one.Name}/{spec.Name}", weight)
            {
                EncoderStage = one.Layer.EncoderStage,
                IsTrained = one.Layer.IsTrainable && spec.IsTrainable,
            }));

    /// <summary>The same in one tensor, as a training wants them; made when it is first asked for.</summary>
    internal WeightStorage Storage => _storage ??= new WeightStorage(WeightsByName);

    /// <summary>The part that training does not change; null where none is frozen.</summary>
    internal FrozenPart? FrozenPart { get; }

    /// <summary>Computes the graph for a batch: (N, C, H, W) in, one tensor for each output of the graph.</summary>
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        var values = new Dictionary<SymbolicTensor, Tensor> { [Graph.Inputs[0]] = input };
        Compute(Graph.Nodes, values, keepsAll: false);
        return [.. Graph.Outputs.Select(output => Exact(values[output]))];
    }

    /// <summary>Computes the frozen part for a batch: (N, C, H, W) in, one tensor for each value of its boundary.</summary>
    internal IReadOnlyList<Tensor> ForwardFrozen(Tensor input)
    {
        using var noGradients = no_grad();
        var values = new Dictionary<SymbolicTensor, Tensor> { [Graph.Inputs[0]] = input };
        Compute(FrozenPart!.Nodes, values, keepsAll: true);
        return [.. FrozenPart.Boundary.Select(value => Exact(values[value]))];
    }

    /// <summary>Computes the outputs of the graph from the values of the frozen part's boundary.</summary>
    internal IReadOnlyList<Tensor> ForwardFrom(IReadOnlyList<Tensor> boundary)
    {
        var values = FrozenPart!.Boundary.Zip(boundary).ToDictionary();
        Compute(FrozenPart.Rest, values, keepsAll: true);
        return [.. Graph.Outputs.Select(output => Exact(values[output]))];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _storage?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// The graph's name, which the base class makes a native module of: for that, there must be a native library.
    /// </summary>
    private static string NameOf(LayerGraph graph)
    {
        TorchBackend.EnsureAvailable();
        return graph.Name;
    }

    private void Compute(IReadOnlyList<SymbolicTensor> nodes, Dictionary<SymbolicTensor, Tensor> values, bool keepsAll)
    {
        foreach (SymbolicTensor node in nodes)
        {
            if (values.ContainsKey(node)) continue;
            values[node] = Apply(node.Layer, [.. node.Inputs.Select(value => values[value])]);
            if (keepsAll) continue;
            foreach (SymbolicTensor used in _lastUses[node]) values[used].Dispose();
        }
    }

    private Tensor Apply(Layer layer, Tensor[] inputs)
    {
        var weights = WeightsOf(layer);
        bool isTraining = training && !IsHeld(layer);
        if (training && ConvolutionPrecision == ConvolutionPrecision.BFloat16)
            return ApplyRounded(layer, inputs, weights, isTraining);
        return layer.Forward(
            weights.Any(IsLarge) ? [.. inputs.Select(value => value.contiguous())] : inputs, weights, isTraining);
    }

    private bool IsHeld(Layer layer) => layer.EncoderStage > 0 && layer.EncoderStage <= HeldStages;

    /// <summary>Autograd goes back through the conversions, so gradients and weights stay 32-bit.</summary>
    private Tensor ApplyRounded(Layer layer, Tensor[] inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        if (layer.BFloat16 == BFloat16Use.Keeps) return layer.Forward(inputs, weights, isTraining);
        var type = layer.BFloat16 == BFloat16Use.Rounds ? ScalarType.BFloat16 : ScalarType.Float32;
        Tensor[] values = [.. inputs, .. weights], converted = [.. values.Select(value => As(type, value))];
        Tensor result = layer.Forward(converted[..inputs.Length], converted[inputs.Length..], isTraining);
        foreach (Tensor value in converted.Except(values)) value.Dispose();
        return result;
    }

    private static Tensor As(ScalarType type, Tensor value) => value.dtype == type ? value : value.to(type);

    /// <summary>A result in 32 bits, and no other tensor left of it.</summary>
    private static Tensor Exact(Tensor result)
    {
        Tensor exact = As(ScalarType.Float32, result);
        if (!ReferenceEquals(exact, result)) result.Dispose();
        return exact;
    }

    private Tensor Create(WeightSpec weight, string name, bool isLayerTrainable, Generator random)
    {
        using var scope = NewDisposeScope();
        Tensor values = empty(weight.Dimensions);
        weight.Initializer.Fill(values, random);
        values = ChannelsLast(values).to(Device).DetachFromDisposeScope();
        if (!weight.IsTrainable)
        {
            register_buffer(name, values);
            return values;
        }
        var parameter = new Parameter(values, requires_grad: isLayerTrainable);
        register_parameter(name, parameter);
        return parameter;
    }

    /// <summary>
    /// A kernel that outweighs the maps it is applied to, such as the 7×7 one of an FCN's head. It is laid out as its gradient
    /// is: in another layout, autograd would copy the gradient in every step, 400 MB for 512 to 4096 channels. On a GPU, whose
    /// convolutions have channels last, there is none.
    /// </summary>
    private bool IsLarge(Tensor weight) =>
        Device.type == TorchSharp.DeviceType.CPU && weight.dim() == 4 && weight.numel() >= LargeKernel;

    /// <summary>
    /// The same values, kernels laid out channels last: with images laid out alike, convolutions on a processor need no
    /// reordering. Without autograd, or the weight would be no leaf.
    /// </summary>
    private Tensor ChannelsLast(Tensor values)
    {
        using var noGradients = no_grad();
        return values.dim() == 4 && !IsLarge(values) ? values.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : values;
    }

    private void RememberLastUses()
    {
        var kept = Graph.Inputs.Concat(Graph.Outputs).ToHashSet();
        var seen = new HashSet<SymbolicTensor>();
        foreach (SymbolicTensor node in Graph.Nodes.Reverse())
            _lastUses.Add(node, [.. node.Inputs.Where(input => !kept.Contains(input) && seen.Add(input))]);
    }
}

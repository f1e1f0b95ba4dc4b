using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Turns gradients into steps. Works through large weights in parts that stay in the processor's cache: a step of a network with
/// 100 million weights is bound by memory, and needs no temporary copy of them. Its state is tensors with names, so a checkpoint
/// holds it.
/// </summary>
internal abstract class Optimizer : IDisposable
{
    // 1 MiB of each of the arrays that a step touches.
    private const long PartSize = 1 << 18;
    private readonly NetworkWeight[] _weights;
    private readonly Tensor[][] _state;
    private readonly long[] _steps;

    /// <summary>An optimiser with so many tensors of state for each weight, all zero.</summary>
    protected Optimizer(IEnumerable<NetworkWeight> weights, params string[] stateNames)
    {
        _weights = [.. weights.Where(one => one.Weight.requires_grad)];
        _steps = new long[_weights.Select(one => one.EncoderStage).DefaultIfEmpty().Max() + 1];
        StateNames = stateNames;
        using var noGradients = no_grad();
        _state = [.. _weights.Select(one => stateNames.Select(_ => zeros_like(one.Weight).DetachFromDisposeScope()).ToArray())];
    }

    /// <summary>
    /// Steps that each stage of the encoder has taken, after those of the rest of the network; from a checkpoint on too. A stage
    /// that was held has taken fewer. One number is that of all.
    /// </summary>
    /// <exception cref="InvalidDataException">They are of another number of stages.</exception>
    public IReadOnlyList<long> Steps
    {
        get => _steps;
        set
        {
            if (value.Count != 1 && value.Count != _steps.Length)
                throw new InvalidDataException($"it has the steps of {value.Count} stages, expected {_steps.Length}");
            for (int i = 0; i < _steps.Length; i++) _steps[i] = value[value.Count == 1 ? 0 : i];
        }
    }

    /// <summary>The state by name, such as <c>score/kernel/mean</c>.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        _weights.SelectMany((one, i) => StateNames.Select((name, k) => ($"{one.Name}/{name}", _state[i][k])));

    private string[] StateNames { get; }

    /// <summary>The optimiser that the options ask for.</summary>
    public static Optimizer Create(TrainerOptions options, IEnumerable<NetworkWeight> weights) =>
        options.Optimizer switch
        {
            OptimizerKind.Adam => new AdamOptimizer(weights, options.WeightDecay, isDecoupled: false),
            OptimizerKind.AdamW => new AdamOptimizer(weights, options.WeightDecay, isDecoupled: true),
            OptimizerKind.Sgd => new SgdOptimizer(weights, options.WeightDecay, options.Momentum),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "There is no such optimiser."),
        };

    /// <summary>Frees the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (NetworkWeight one in _weights)
        {
            using Tensor? gradient = one.Weight.grad;
            one.Weight.grad = null;
        }
    }

    /// <summary>
    /// Scales all gradients down so that their joint Euclidean norm is at most this (Pascanu et al. 2013, algorithm 1).
    /// </summary>
    public void ClipGradients(double norm) => nn.utils.clip_grad_norm_(_weights.Select(one => (Parameter)one.Weight), norm);

    /// <summary>One step along the gradients; weights without a gradient stay as they are.</summary>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="encoderRate">That of the encoder's weights; null for the same.</param>
    public void Step(double learningRate, double? encoderRate = null)
    {
        using var noGradients = no_grad();
        foreach (int stage in _weights.Where(one => one.Weight.requires_grad).Select(one => one.EncoderStage).Distinct())
            _steps[stage]++;
        for (int i = 0; i < _weights.Length; i++)
        {
            using Tensor? gradient = _weights[i].Weight.grad;
            if (gradient is null) continue;
            using var scope = NewDisposeScope();
            int stage = _weights[i].EncoderStage;
            double rate = stage == 0 ? learningRate : encoderRate ?? learningRate;
            Update(_weights[i].Weight, gradient, _state[i], rate, _steps[stage]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor value in _state.SelectMany(values => values)) value.Dispose();
    }

    /// <summary>Updates a weight, or a part of one, and its state in place, in its step of that number from 1.</summary>
    protected abstract void UpdatePart(Tensor weight, Tensor gradient, Tensor[] state, double learningRate, long step);

    private void Update(Tensor weight, Tensor gradient, Tensor[] state, double learningRate, long step)
    {
        long count = weight.numel();
        bool areAlike = state.Append(gradient).All(other => other.stride().AsSpan().SequenceEqual(weight.stride()));
        if (count <= PartSize || !areAlike)
        {
            UpdatePart(weight, gradient, state, learningRate, step);
            return;
        }
        for (long first = 0; first < count; first += PartSize)
        {
            using var scope = NewDisposeScope();
            long length = Math.Min(PartSize, count - first);
            // The values as they lie in memory, whatever the order of the dimensions.
            Tensor Part(Tensor whole) => whole.as_strided([length], [1], whole.storage_offset() + first);
            UpdatePart(Part(weight), Part(gradient), [.. state.Select(Part)], learningRate, step);
        }
    }
}

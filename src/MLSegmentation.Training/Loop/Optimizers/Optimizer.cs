using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Turns gradients into steps, in pieces of <see cref="WeightStorage.PieceSize"/>. Its state lies as the weights do, and has
/// names, so a checkpoint holds it.
/// </summary>
internal abstract class Optimizer : IDisposable
{
    // As PyTorch's clip_grad_norm_ has it.
    private const double NormEpsilon = 1e-6;
    private readonly WeightStorage _storage;
    private readonly NetworkWeight[] _weights;
    private readonly Tensor[] _state;
    private readonly (string Name, Tensor Value)[] _windows;
    private readonly long[] _steps;

    /// <summary>An optimiser with so many numbers of state for each weight that is trained, all zero.</summary>
    protected Optimizer(WeightStorage storage, params string[] stateNames)
    {
        _storage = storage;
        _weights = [.. storage.Weights.Take(storage.TrainedCount)];
        _steps = new long[_weights.Select(one => one.EncoderStage).DefaultIfEmpty().Max() + 1];
        Device device = storage.Values.device;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _state = [.. stateNames.Select(_ => zeros(storage.Offset(_weights.Length), device: device).DetachFromDisposeScope())];
        _windows =
        [
            .. _state.Zip(stateNames).SelectMany(
                one => storage.Windows(one.First),
                (one, window) => ($"{window.Name}/{one.Second}", window.Value.DetachFromDisposeScope())),
        ];
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
    public IEnumerable<(string Name, Tensor Value)> State => _windows;

    /// <summary>The optimiser that the options ask for.</summary>
    public static Optimizer Create(TrainerOptions options, WeightStorage storage) => options.Optimizer switch
    {
        OptimizerKind.Adam => new AdamOptimizer(storage, options.Decay, isDecoupled: false),
        OptimizerKind.AdamW => new AdamOptimizer(storage, options.Decay, isDecoupled: true),
        OptimizerKind.Sgd => new SgdOptimizer(storage, options.Decay, options.Momentum),
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

    /// <summary>One step along the gradients; weights without a gradient stay as they are.</summary>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="encoderRate">That of the encoder's weights; null for the same.</param>
    /// <param name="largestNorm">
    /// All gradients are scaled down so that their joint Euclidean norm is at most this (Pascanu et al. 2013, algorithm 1); null
    /// leaves them as they are.
    /// </param>
    public void Step(double learningRate, double? encoderRate = null, double? largestNorm = null)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor?[] gradients = [.. _weights.Select(one => one.Weight.grad)];
        foreach (int stage in _weights.Where((_, i) => gradients[i] is not null).Select(one => one.EncoderStage).Distinct())
            _steps[stage]++;
        var runs = Runs(gradients);
        Tensor? factor = null;
        if (largestNorm is double norm)
        {
            // Joined twice and kept never: all of them at once would be a copy of every weight.
            factor = Factor([.. runs.Select(run => NormOf(gradients, run))], norm);
        }
        foreach (var run in runs)
        {
            using var runScope = NewDisposeScope();
            Tensor gradient = Join(gradients, run);
            Update(run, factor is null ? gradient : gradient.mul_(factor), learningRate, encoderRate);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _state.Concat(_windows.Select(one => one.Value))) tensor.Dispose();
    }

    /// <summary>Updates some weights and their state in place, in their step of that number from 1.</summary>
    protected abstract void UpdatePart(Tensor weight, Tensor gradient, Tensor[] state, double learningRate, long step);

    /// <summary>What the gradients are multiplied by, on their device, so that nobody waits for it.</summary>
    private static Tensor Factor(Tensor[] norms, double largestNorm)
    {
        Tensor norm = stack(norms).norm();
        using Scalar largest = largestNorm, one = 1;
        return (largest / norm.PlusInPlace(NormEpsilon)).clamp_max(one);
    }

    private Tensor NormOf(Tensor?[] gradients, Run run)
    {
        using var scope = NewDisposeScope();
        return Join(gradients, run).norm().MoveToOuterDisposeScope();
    }

    /// <summary>Neighbours that take the same step together, as many as a piece holds; a larger weight is one run.</summary>
    private List<Run> Runs(Tensor?[] gradients)
    {
        var runs = new List<Run>();
        for (int i = 0; i < _weights.Length; i++)
        {
            if (gradients[i] is null) continue;
            bool joins = runs.Count > 0 && runs[^1].End == i && IsAlike(i - 1, i)
                && EndOf(i) - _storage.Offset(runs[^1].First) <= _storage.PieceSize;
            if (joins) runs[^1] = runs[^1] with { End = i + 1 };
            else runs.Add(new Run(i, i + 1));
        }
        return runs;
    }

    private bool IsAlike(int one, int other)
    {
        int stage = _weights[one].EncoderStage, otherStage = _weights[other].EncoderStage;
        return _steps[stage] == _steps[otherStage] && (stage == 0) == (otherStage == 0);
    }

    private long EndOf(int index) => _storage.Offset(index) + _weights[index].Weight.numel();

    /// <summary>The gradients of a run as they lie in the storage, without a copy where it is of one weight.</summary>
    private Tensor Join(Tensor?[] gradients, Run run)
    {
        var parts = new List<Tensor>();
        for (int i = run.First; i < run.End; i++)
        {
            parts.Add(_storage.Flat(gradients[i]!, i));
            long gap = i + 1 < run.End ? _storage.Offset(i + 1) - EndOf(i) : 0;
            if (gap > 0) parts.Add(zeros(gap, device: parts[0].device));
        }
        return parts.Count == 1 ? parts[0] : cat(parts);
    }

    private void Update(Run run, Tensor gradient, double learningRate, double? encoderRate)
    {
        int stage = _weights[run.First].EncoderStage;
        double rate = stage == 0 ? learningRate : encoderRate ?? learningRate;
        long start = _storage.Offset(run.First);
        foreach (var (first, length) in _storage.Pieces(gradient.numel()))
        {
            using var scope = NewDisposeScope();
            Tensor Part(Tensor whole) => whole.narrow(0, start + first, length);
            UpdatePart(
                Part(_storage.Values), gradient.narrow(0, first, length), [.. _state.Select(Part)], rate, _steps[stage]);
        }
    }

    /// <summary>Weights that take a step together: from the first to before the end.</summary>
    private readonly record struct Run(int First, int End);
}

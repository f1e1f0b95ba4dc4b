using static TorchSharp.torch;
using TorchOptimizer = TorchSharp.torch.optim.Optimizer;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class OptimizerTest
{
    [TestMethod]
    [DataRow(OptimizerKind.Adam, 0.0)]
    [DataRow(OptimizerKind.Adam, 0.1)]
    [DataRow(OptimizerKind.AdamW, 0.1)]
    [DataRow(OptimizerKind.Sgd, 0.0)]
    [DataRow(OptimizerKind.Sgd, 0.1)]
    public void Step_TwentyTimes_MovesAsTorchDoes(OptimizerKind kind, double decay)
    {
        // Larger than the parts that a step works in, and not laid out in the order of its dimensions.
        using var start = rand([600, 900]);
        using var target = rand([600, 900]);
        using Tensor expected = Train(start, target, weight => TorchStep(kind, decay, weight));
        using Tensor actual = Train(start, target, weight => OwnStep(kind, decay, weight));

        Assert.IsLessThan(1e-5, (expected - actual).abs().max().item<float>());
        Assert.IsGreaterThan(1e-2, (expected - start).abs().max().item<float>());
    }

    [TestMethod]
    public void Step_LargestNorm_ScalesTheGradientsDown()
    {
        using var weight = new TorchSharp.Modules.Parameter(zeros([2]));
        using var optimizer = Create(OptimizerKind.Sgd, 0, weight);
        (weight * tensor(new[] { 30f, 40f })).sum().backward();

        optimizer.Step(1, largestNorm: 5);

        Assert.AreEqual(-3, weight[0].item<float>(), 1e-4);
        Assert.AreEqual(-4, weight[1].item<float>(), 1e-4);
    }

    private static Tensor Train(
        Tensor start, Tensor target, Func<TorchSharp.Modules.Parameter, (Action Step, IDisposable Optimizer)> create)
    {
        using var weight = new TorchSharp.Modules.Parameter(start.t().contiguous().t());
        var (step, optimizer) = create(weight);
        for (int i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            weight.grad = null;
            ((weight - target) * (weight - target)).sum().backward();
            step();
        }
        optimizer.Dispose();
        return weight.detach().clone();
    }

    private static (Action, IDisposable) TorchStep(OptimizerKind kind, double decay, TorchSharp.Modules.Parameter weight)
    {
        TorchOptimizer optimizer = kind switch
        {
            OptimizerKind.Adam => optim.Adam([weight], 0.01, eps: 1e-7, weight_decay: decay),
            OptimizerKind.AdamW => optim.AdamW([weight], 0.01, eps: 1e-7, weight_decay: decay),
            _ => optim.SGD([weight], 0.01, momentum: 0.9, weight_decay: decay),
        };
        return (() => optimizer.step(), optimizer);
    }

    private static (Action, IDisposable) OwnStep(OptimizerKind kind, double decay, TorchSharp.Modules.Parameter weight)
    {
        Optimizer optimizer = Create(kind, decay, weight);
        return (() => optimizer.Step(0.01), optimizer);
    }

    private static Optimizer Create(OptimizerKind kind, double decay, Tensor weight) =>
        Optimizer.Create(
            new SegmentationTrainerOptions { Optimizer = kind, WeightDecay = decay },
            new WeightStorage([new NetworkWeight("weight", weight)]));
}

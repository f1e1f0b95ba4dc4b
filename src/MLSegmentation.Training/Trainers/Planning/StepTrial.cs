using System.Diagnostics;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Three steps, forward and backward, of a network that is made for it and let go again. Of the training's own nothing is
/// touched, neither weights nor random numbers.
/// </summary>
internal static class StepTrial
{
    /// <summary>Steps that a trial takes.</summary>
    public const int Steps = 3;

    private const int SampleMilliseconds = 5;

    /// <summary>
    /// Measures the faster of two steps behind a first one that makes things ready: what else the machine does falls on one of
    /// them alone, as a rule.
    /// </summary>
    /// <param name="graph">The network.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="batch">Images a batch.</param>
    /// <param name="precision">The numbers of the convolutions.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="loss">The loss of the network's output.</param>
    /// <returns>The seconds of a step, and the bytes by which the process grew at most.</returns>
    public static StepCost Measure(
        LayerGraph graph, Shape input, int batch, ConvolutionPrecision precision, Device device,
        Func<Tensor, Tensor, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        byte[] random = RandomState.Take();
        try
        {
            return MeasureSteps(graph, input, batch, precision, device, loss);
        }
        finally
        {
            RandomState.Restore(random);
        }
    }

    private static StepCost MeasureSteps(
        LayerGraph graph, Shape input, int batch, ConvolutionPrecision precision, Device device,
        Func<Tensor, Tensor, Tensor> loss)
    {
        long before = Environment.WorkingSet;
        using var growth = new Growth(before);
        using var network = new TorchNetwork(graph, device: device) { ConvolutionPrecision = precision };
        network.train();
        using var generator = new Generator(1);
        Tensor images = rand([batch, input.Height, input.Width, input.Channels], generator: generator).mul(byte.MaxValue)
            .to(device).permute(0, 3, 1, 2);
        Step();
        TimeSpan time = TimeSpan.MaxValue;
        for (int step = 1; step < Steps; step++)
        {
            var clock = Stopwatch.StartNew();
            Step();
            time = clock.Elapsed < time ? clock.Elapsed : time;
        }
        return new StepCost(time, growth.Most);

        void Step()
        {
            using var inner = NewDisposeScope();
            Tensor value = loss(images, network.call(images)[0]);
            value.backward();
            value.item<float>();
            foreach (var (_, weight) in network.WeightsByName) weight.grad?.zero_();
        }
    }

    /// <summary>Watches the memory of the process while something runs.</summary>
    private sealed class Growth : IDisposable
    {
        private readonly long _before;
        private readonly Timer _timer;
        private long _most;

        public Growth(long before)
        {
            _before = before;
            _timer = new Timer(_ => _most = Math.Max(_most, Environment.WorkingSet), null, 0, SampleMilliseconds);
        }

        public long Most => Math.Max(Math.Max(_most, Environment.WorkingSet) - _before, 0);

        public void Dispose() => _timer.Dispose();
    }
}

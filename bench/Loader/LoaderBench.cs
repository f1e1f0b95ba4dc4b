using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Tests;
using static TorchSharp.torch;

namespace Loader;

/// <summary>Times the loader on random images that are a little larger than the window.</summary>
internal sealed class LoaderBench(int width, int height, int batch, double seconds)
{
    private const int Images = 64;

    private static readonly AugmentationOptions _none = AugmentationOptions.None,
        _colours = new() { Saturation = 0.5, Hue = 20 };

    private static readonly (string Name, AugmentationOptions Options)[] _changes =
    [
        ("none", _none),
        ("rotation", _none with { Rotation = 15 }),
        ("elastic", _none with { Elastic = 8 }),
        ("gamma", _none with { Gamma = 0.3 }),
        ("blur", _none with { Blur = 1.5 }),
        ("noise", _none with { Noise = 0.05 }),
        ("jpeg", _none with { JpegQuality = 30 }),
        ("cutout", _none with { Cutout = 0.5 }),
    ];

    private readonly TrainingSample _sample = Picture(1, width * 15 / 14, height * 15 / 14);
    private readonly byte[] _image = new byte[3 * width * height];
    private readonly byte[] _labels = new byte[width * height];

    /// <summary>What part of a training step the loader's work is, in CPU time.</summary>
    public void PrintShares(string[] networks)
    {
        Print($"CPU ms an image of {width}x{height} in batches of {batch}: loader with all colours and CutMix, step, part");
        using BatchLoader batches = CreateLoader(1);
        MakeBatches(batches, 1000);
        double loader = MakeBatches(batches, (int)(2000 * seconds));
        foreach (string name in networks)
        {
            double step = TimeSteps(SegmentationNetworks.Find(name));
            Print($"{name,-16}{loader,8:F3}{step,8:F1}{loader / step,8:P1}");
        }
    }

    /// <summary>All figures.</summary>
    public void PrintAll(int[] threads)
    {
        Print($"CPU ms an image of {width}x{height}: scalar passes, here, ratio");
        var scalar = new float[_image.Length];
        foreach (var (name, options) in new[] { ("default", new AugmentationOptions()), ("colours", _colours) })
        {
            double peer = Time(seed => ScalarAugmentation.Apply(
                _sample, options, new Random(seed), width, height, scalar, _labels));
            double here = MakeViews(options);
            Print($"{name,-10}{peer,8:F3}{here,8:F3}{peer / here,8:F1}");
        }
        Print($"CPU ms an image with one change alone");
        foreach (var (name, options) in _changes) Print($"{name,-10}{MakeViews(options),8:F3}");
        Print($"batches of {batch}, all colours and CutMix: threads, CPU ms an image, images a second");
        foreach (int count in threads) PrintBatches(count);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private double MakeViews(AugmentationOptions options) =>
        Time(seed => Augmentation.Apply(_sample, options, new Random(seed), width, height, _image, _labels));

    /// <summary>CPU milliseconds of a call; the first round warms up.</summary>
    private double Time(Action<int> call)
    {
        double time = 0;
        for (int round = 0; round < 2; round++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime, spent;
            int calls = 0;
            do
            {
                call(calls++);
                spent = Environment.CpuUsage.TotalTime - start;
            }
            while (spent.TotalSeconds < seconds);
            time = spent.TotalMilliseconds / calls;
        }
        return time;
    }

    private void PrintBatches(int threads)
    {
        using BatchLoader loader = CreateLoader(threads);
        MakeBatches(loader, 300);
        int images = (int)(1000 * seconds * threads);
        long clock = Stopwatch.GetTimestamp();
        double time = MakeBatches(loader, images);
        Print($"{threads,-10}{time,8:F3}{images / Stopwatch.GetElapsedTime(clock).TotalSeconds,8:F0}");
    }

    private BatchLoader CreateLoader(int threads)
    {
        IDataView view = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, Images).Select(_ => new Row()));
        var reader = new PictureReader(_sample.Width, _sample.Height);
        var source = new SampleSource(view, null, reader, 0, 1L << 30, seed: 1, default);
        return new BatchLoader(source, _colours with { CutMix = 0.5 }, batch, 3, width, height, true, seed: 1, CPU)
        {
            Threads = threads,
        };
    }

    /// <summary>CPU milliseconds an image.</summary>
    private static double MakeBatches(BatchLoader loader, int images)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        int epochs = Math.Max(images / Images, 1);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (TrainingBatch _ in loader.Batches(epoch, 0, default)) { }
        }
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / (epochs * Images);
    }

    /// <summary>CPU milliseconds an image of a step on one batch; the first step warms up.</summary>
    private double TimeSteps(SegmentationNetwork kind)
    {
        const int Classes = 2;
        using var outer = NewDisposeScope();
        using var threads = new TorchThreads(1);
        using var network = new TorchNetwork(kind.Create(Classes));
        using var adam = new AdamOptimizer(network.Storage, weightDecay: 0, isDecoupled: false);
        var loss = new SegmentationLoss([1, 1], new SegmentationLossOptions(), CPU);
        byte[] images = new byte[batch * _image.Length], labels = new byte[batch * _labels.Length];
        new Random(1).NextBytes(images);
        var one = new TrainingBatch(batch, 3, height, width, images, labels);
        network.train();
        Step(network, adam, loss, one);
        TimeSpan start = Environment.CpuUsage.TotalTime, spent;
        int steps = 0;
        do
        {
            Step(network, adam, loss, one);
            spent = Environment.CpuUsage.TotalTime - start;
        }
        while (++steps < 3 || spent.TotalSeconds < seconds);
        return spent.TotalMilliseconds / (steps * batch);
    }

    private static void Step(TorchNetwork network, AdamOptimizer adam, SegmentationLoss loss, TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        adam.ZeroGradients();
        loss.Compute(network.call(batch.ImageTensor(CPU))[0], batch.LabelTensor(CPU)).backward();
        adam.Step(1e-4);
    }

    private static TrainingSample Picture(int seed, int width, int height)
    {
        var random = new Random(seed);
        var (pixels, labels) = (new byte[3 * width * height], new byte[width * height]);
        random.NextBytes(pixels);
        for (int i = 0; i < labels.Length; i++) labels[i] = (byte)(i % width / 40);
        return new TrainingSample(width, height, pixels, labels);
    }

    private sealed class Row
    {
        public int Number { get; set; }
    }

    private sealed class PictureReader(int width, int height) : ISampleReader
    {
        public IReadOnlyList<DataViewSchema.Column> ColumnsOf(DataViewSchema schema) => [schema[nameof(Row.Number)]];

        public Func<TrainingSample> Open(DataViewRow row) => () => Picture((int)row.Position, width, height);
    }
}

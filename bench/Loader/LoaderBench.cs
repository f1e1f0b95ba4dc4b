using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLSegmentation.Training;
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

    /// <summary>Milliseconds an image with the default changes.</summary>
    public void PrintDefault() => Print($"{MakeViews(new AugmentationOptions()):F3}");

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
        IDataView view = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, Images).Select(_ => new Row()));
        var source = new SampleSource(view, null, new PictureReader(_sample.Width, _sample.Height), 0, 1L << 30, seed: 1, default);
        var loader = new BatchLoader(source, _colours with { CutMix = 0.5 }, batch, 3, width, height, true, seed: 1, CPU)
        {
            Threads = threads,
        };
        Run(loader, epochs: 2);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        long clock = Stopwatch.GetTimestamp();
        int epochs = Math.Max((int)(1000 * seconds * threads / Images), 4);
        Run(loader, epochs);
        double wall = Stopwatch.GetElapsedTime(clock).TotalSeconds, images = (double)epochs * Images;
        double cpu = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        Print($"{threads,-10}{cpu / images,8:F3}{images / wall,8:F0}");
    }

    private static void Run(BatchLoader loader, int epochs)
    {
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (TrainingBatch _ in loader.Batches(epoch, 0, default)) { }
        }
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

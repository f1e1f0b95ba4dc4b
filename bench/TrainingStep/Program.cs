// Median seconds of a training step, the process's peak of memory in MiB, and the least processor seconds of a step for one
// image, of one network with one choice of settings. A process measures one choice, as memory settings and peaks are a process's.
// Two steps warm up, then steps are timed until there are enough or the time is over, warm-up included. Processor seconds with
// one thread tell two networks apart on a busy machine too. The peer of fcn8-vgg16 is fcn8_step.py.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MLSegmentation.Training;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

const int WarmUp = 2, Classes = 2;
const double MiB = 1 << 20;

var network = new Argument<string>("network") { Description = "The network." }
    .AcceptOnlyFromAmong([.. SegmentationNetworks.All.Select(one => one.Name)]);
var frozen = new Option<bool>("--frozen") { Description = "Freeze the encoder." };
var frozenStages = new Option<int>("--freeze-stages") { Description = "Freeze the first stages of the encoder." };
var cached = new Option<bool>("--cached") { Description = "Read the features of the frozen encoder from the cache." };
var headWidth = new Option<int?>("--head-width") { Description = "Channels of the head." };
var outputStride = new Option<int?>("--output-stride") { Description = "Of DeepLabV3+." };
var batch = new Option<int?>("--batch") { Description = "Images a step." };
var width = new Option<int?>("--width") { Description = "Columns of the images." };
var height = new Option<int?>("--height") { Description = "Rows of the images." };
var keepMemory = new Option<bool>("--keep-memory") { Description = "Let malloc keep freed memory." };
var bfloat16 = new Option<bool>("--bf16") { Description = "Compute convolutions in bfloat16." };
var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
var steps = new Option<int>("--steps") { Description = "The largest number of timed steps.", DefaultValueFactory = _ => 20 };
var seconds = new Option<double>("--seconds") { Description = "No step begins after this time.", DefaultValueFactory = _ => 60 };
var command = new RootCommand("Times training steps.")
{
    network,
    frozen,
    frozenStages,
    cached,
    headWidth,
    outputStride,
    batch,
    width,
    height,
    keepMemory,
    bfloat16,
    threads,
    steps,
    seconds,
};
command.SetAction(parsed => Measure(
    Choose(parsed),
    parsed.GetValue(cached),
    parsed.GetValue(keepMemory),
    parsed.GetValue(bfloat16) ? ConvolutionPrecision.BFloat16 : ConvolutionPrecision.Float32,
    parsed.GetValue(threads),
    parsed.GetValue(steps),
    parsed.GetValue(seconds)));
return command.Parse(args).Invoke();

Workload Choose(ParseResult parsed)
{
    Workload chosen = Workload.Of(parsed.GetValue(network)!);
    bool isFrozen = parsed.GetValue(frozen) || parsed.GetValue(cached);
    Encoder encoder = chosen.Network.Encoder;
    encoder = encoder with
    {
        FrozenStages = isFrozen ? Encoder.Stages : parsed.GetValue(frozenStages),
        OutputStride = parsed.GetValue(outputStride) ?? encoder.OutputStride,
    };
    return chosen with
    {
        Network = chosen.Network with
        {
            Encoder = encoder,
            HeadWidth = parsed.GetValue(headWidth) ?? chosen.Network.HeadWidth,
        },
        Batch = parsed.GetValue(batch) ?? chosen.Batch,
        Width = parsed.GetValue(width) ?? chosen.Width,
        Height = parsed.GetValue(height) ?? chosen.Height,
    };
}

static void Measure(
    Workload workload, bool isCached, bool keepsMemory, ConvolutionPrecision precision, int threads, int steps, double seconds)
{
    if (keepsMemory && !ProcessTuning.KeepFreedMemory())
        Console.Error.WriteLine("There is no glibc: memory settings are unchanged.");
    using var threadCount = new TorchThreads(threads);
    using var network = new TorchNetwork(workload.Network.Create(Classes)) { ConvolutionPrecision = precision };
    using var adam = new AdamOptimizer(network.Storage, weightDecay: 0, isDecoupled: false);
    var loss = new SegmentationLoss([.. Enumerable.Repeat(1f, Classes)], workload.Loss);
    TrainingBatch batch = RandomBatch(workload);
    network.train();
    using FeatureCache? features = isCached
        ? new FeatureCache(network, batch.Count, Shape.Map(3, workload.Width, workload.Height), hasFlips: false, 1 << 30)
        : null;

    var clock = Stopwatch.StartNew();
    var times = new List<double>();
    TimeSpan least = TimeSpan.MaxValue;
    for (int step = 0; step < WarmUp + steps && (times.Count == 0 || clock.Elapsed.TotalSeconds < seconds); step++)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double time = TimeStep(network, features, adam, loss, batch);
        if (step < WarmUp) continue;
        times.Add(time);
        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        if (taken < least) least = taken;
    }
    times.Sort();
    double median = (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
    using Process process = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{median:F3} {process.PeakWorkingSet64 / MiB:F0} {least.TotalSeconds / batch.Count:F4}"));
}

static double TimeStep(
    TorchNetwork network, FeatureCache? features, AdamOptimizer adam, SegmentationLoss loss, TrainingBatch batch)
{
    long start = Stopwatch.GetTimestamp();
    using var scope = NewDisposeScope();
    adam.ZeroGradients();
    Tensor labels = batch.LabelTensor(network.Device);
    Tensor logits = (features?.Forward(batch) ?? network.call(batch.ImageTensor(network.Device)))[0];
    Tensor value = loss.Compute(logits, labels);
    value.backward();
    adam.Step(1e-4);
    value.item<float>();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

static TrainingBatch RandomBatch(Workload workload)
{
    var random = new Random(1);
    int pixels = workload.Batch * workload.Height * workload.Width;
    var images = new byte[3 * pixels];
    random.NextBytes(images);
    byte[] labels = [.. Enumerable.Range(0, pixels).Select(_ => (byte)random.Next(Classes))];
    return new TrainingBatch(workload.Batch, 3, workload.Height, workload.Width, images, labels)
    {
        Views = [.. Enumerable.Range(0, workload.Batch).Select(row => (row, false))],
    };
}

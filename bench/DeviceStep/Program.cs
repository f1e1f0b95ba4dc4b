// Where the time of a training step goes: the milliseconds that the processor is busy with each part of it, and those of a whole
// step with the device, of one network, batch size and precision. Steps follow each other without a wait, as in training; the
// device is waited for at the end. On a GPU the first must be well below the second, and the tensors that a step makes tell about
// how many operations it starts. The network "slim" has as many layers as unet-resnet18 and 8 channels: with small images, what
// is left is the processor's part. With images and masks, a whole training too: its images a second, loader and all augmentation
// included, once it has warmed up. The peer is gpu_step.py.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

const int Classes = 11, WarmUp = 8;

var network = new Option<string>("--network") { Description = "The network.", DefaultValueFactory = _ => "unet-resnet18" };
var batch = new Option<int[]>("--batch")
{
    Description = "Images a step, one after the other.",
    DefaultValueFactory = _ => [8],
    AllowMultipleArgumentsPerToken = true,
};
var width = new Option<int>("--width") { Description = "Columns of an image.", DefaultValueFactory = _ => 448 };
var height = new Option<int>("--height") { Description = "Rows of an image.", DefaultValueFactory = _ => 352 };
var steps = new Option<int>("--steps") { Description = "Timed steps.", DefaultValueFactory = _ => 40 };
var precision = new Option<ConvolutionPrecision[]>("--precision")
{
    Description = "Numbers of convolutions, one after the other.",
    DefaultValueFactory = _ => [ConvolutionPrecision.Auto],
    AllowMultipleArgumentsPerToken = true,
};
var images = new Option<string>("--images") { Description = "A folder of images to train on." };
var masks = new Option<string>("--masks") { Description = "Their masks, of 11 classes." };
var command = new RootCommand("Times the parts of training steps.")
{
    network,
    batch,
    width,
    height,
    steps,
    precision,
    images,
    masks,
};
command.SetAction(parsed =>
{
    SegmentationNetwork shape = SegmentationNetworks.All.Append(SlimNetwork.Of(SegmentationNetworks.Default))
        .Single(one => one.Name == parsed.GetValue(network));
    var (columns, rows, timed) = (parsed.GetValue(width), parsed.GetValue(height), parsed.GetValue(steps));
    foreach (int count in parsed.GetValue(batch)!)
    {
        foreach (ConvolutionPrecision numbers in parsed.GetValue(precision)!)
        {
            if (parsed.GetValue(images) is { } folder)
            {
                double rate = new TimedTraining(shape, count, columns, rows, numbers, timed).Run(folder, parsed.GetValue(masks)!);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{shape.Name} batch {count} {numbers}, whole training: {rate:F0} images/s"));
            }
            else
            {
                Measure(shape, RandomBatch(count, rows, columns), numbers, timed);
            }
        }
    }
});
return command.Parse(args).Invoke();

static void Measure(SegmentationNetwork shape, TrainingBatch batch, ConvolutionPrecision precision, int steps)
{
    TorchBackend.EnsureAvailable();
    Device device = TorchBackend.ChooseDevice(TrainingDevice.Auto, null, fallbackToCpu: false, _ => { });
    using var scope = NewDisposeScope();
    using var network = new TorchNetwork(shape.Create(Classes), device: device) { ConvolutionPrecision = precision };
    using var adam = new AdamOptimizer(network.Storage, weightDecay: 0, isDecoupled: false);
    var loss = new SegmentationLoss([.. Enumerable.Repeat(1f, Classes)], new SegmentationLossOptions(), device);
    network.train();
    var parts = new Dictionary<string, double>();
    long start = 0, made = 0;
    for (int step = 0; step < WarmUp + steps; step++)
    {
        if (step == WarmUp)
        {
            Wait(device);
            parts.Clear();
            made = DisposeScopeManager.Statistics.CreatedInScopeCount;
            start = Stopwatch.GetTimestamp();
        }
        Step(network, adam, loss, batch, parts);
    }
    Wait(device);
    double whole = Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
    made = (DisposeScopeManager.Statistics.CreatedInScopeCount - made) / steps;
    string busy = string.Join(", ", parts.Select(
        part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value / steps:F2}")));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{shape.Name} batch {batch.Count} {network.ConvolutionPrecision} on {TorchBackend.Describe(device)}: {whole:F2} ms, "
        + $"{batch.Count * 1000 / whole:F0} images/s; processor {parts.Values.Sum() / steps:F2} ms: {busy}; {made} tensors"));
}

static void Step(
    TorchNetwork network, AdamOptimizer adam, SegmentationLoss loss, TrainingBatch batch, Dictionary<string, double> parts)
{
    long last = Stopwatch.GetTimestamp();
    void Done(string part)
    {
        parts[part] = parts.GetValueOrDefault(part) + Stopwatch.GetElapsedTime(last).TotalMilliseconds;
        last = Stopwatch.GetTimestamp();
    }
    using (NewDisposeScope())
    {
        batch.Prepare(network.Device);
        Done("pin");
        Tensor images = batch.ImageTensor(network.Device), labels = batch.LabelTensor(network.Device);
        Done("copy");
        Tensor logits = network.call(images)[0];
        Done("forward");
        Tensor value = loss.Compute(logits, labels);
        Done("loss");
        value.backward();
        Done("backward");
        adam.Step(1e-4);
        adam.ZeroGradients();
        Done("optimizer");
    }
    Done("dispose");
}

static void Wait(Device device)
{
    if (device.type == DeviceType.CUDA) cuda.synchronize(device);
}

static TrainingBatch RandomBatch(int count, int height, int width)
{
    var random = new Random(1);
    int pixels = count * height * width;
    var images = new byte[3 * pixels];
    random.NextBytes(images);
    byte[] labels = [.. Enumerable.Range(0, pixels).Select(_ => (byte)random.Next(Classes))];
    return new TrainingBatch(count, 3, height, width, images, labels);
}

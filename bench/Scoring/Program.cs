// Images a second, and the process's peak of memory in MiB, of one way to make masks of a folder of images. A process measures
// one way, as peaks are a process's. The first images warm up and are not timed.
//   models FOLDER                        writes the models
//   images SOURCE FOLDER COUNT           writes the images, from photographs of 480×360
//   stock|segment-image|segment-image-whole|segment-image-foreign|session MODEL IMAGES COUNT
//   memory MODEL IMAGES COUNT            SegmentImage's resident memory along the way, from image 500 on
// command IMAGES COUNT COMMAND… a process of its own, run over a few images and over more: {images} and {out} stand for folders
using System.Diagnostics;
using System.Globalization;
using MLSegmentation;

const int WarmUp = 6;
const double MiB = 1 << 20;

switch (args)
{
    case ["models", var folder]:
        BenchFiles.WriteModels(folder);
        break;
    case ["images", var source, var folder, var count]:
        BenchFiles.WriteImages(source, folder, int.Parse(count, CultureInfo.InvariantCulture));
        break;
    case ["memory", var model, var images, var count]:
        MeasureMemory(model, Files(images, count));
        break;
    case ["command", var images, var count, .. var command]:
        MeasureCommand(Files(images, count), command);
        break;
    case [var way, var model, var images, var count]:
        Measure(way, model, Files(images, count));
        break;
    default:
        Console.Error.WriteLine("Expected one of the calls at the head of Program.cs.");
        return 2;
}
return 0;

static string[] Files(string folder, string count)
{
    string[] files = [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal)];
    return [.. Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture) + WarmUp).Select(i => files[i % files.Length])];
}

static void Measure(string way, string model, string[] files)
{
    Func<string[], long> segment = way switch
    {
        "stock" => Contestants.Stock(model),
        "segment-image" => Contestants.SegmentImage(model, new() { MaskSize = MaskSize.Network }, () => { }),
        "segment-image-whole" => Contestants.SegmentImage(model, new(), () => { }),
        "segment-image-foreign" => Contestants.SegmentImage(
            model, new() { Preparation = ImagePreparation.ImageNetRgb, Sizing = ImageSizing.Stretch }, () => { }),
        "session" => Contestants.Session(model),
        _ => throw new ArgumentException($"There is no '{way}'."),
    };
    segment(files[..WarmUp]);
    var clock = Stopwatch.StartNew();
    segment(files[WarmUp..]);
    using Process process = Process.GetCurrentProcess();
    Print((files.Length - WarmUp) / clock.Elapsed.TotalSeconds, process.PeakWorkingSet64 / MiB);
}

static void MeasureMemory(string model, string[] files)
{
    const int Begin = 500, Step = 500;
    if (files.Length < 2 * Begin)
    {
        throw new ArgumentException(
            $"There are {files.Length} images, expected at least {2 * Begin}: memory is compared from image {Begin} on.");
    }
    List<double> resident = [];
    int count = 0;
    Contestants.SegmentImage(model, new() { MaskSize = MaskSize.Network }, () =>
    {
        if (++count < Begin || count % Step != 0) return;
        GC.Collect();
        resident.Add(Environment.WorkingSet / MiB);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} images: {resident[^1]:F0} MiB"));
    })(files);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"risen by {resident[^1] - resident[0]:F1} MiB"));
}

// Two runs of differing length: their difference has no start-up in it.
static void MeasureCommand(string[] files, string[] command)
{
    var few = Run(files[..WarmUp], command);
    var all = Run(files, command);
    Print((files.Length - WarmUp) / (all.Seconds - few.Seconds), all.PeakMegabytes);
}

static (double Seconds, double PeakMegabytes) Run(string[] files, string[] command)
{
    string folder = Directory.CreateTempSubdirectory("mlseg-bench-").FullName, images = Path.Combine(folder, "images"),
        results = Path.Combine(folder, "out");
    try
    {
        Directory.CreateDirectory(images);
        for (int i = 0; i < files.Length; i++) File.CreateSymbolicLink(Path.Combine(images, $"{i:D4}.jpg"), files[i]);
        return Contestants.Command(
            [.. command.Select(part =>
                part.Replace("{images}", images, StringComparison.Ordinal).Replace("{out}", results, StringComparison.Ordinal))]);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void Print(double imagesPerSecond, double peak) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{imagesPerSecond:F2} {peak:F0}"));

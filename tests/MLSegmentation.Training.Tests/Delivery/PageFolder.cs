using System.IO.Compression;
using Microsoft.ML;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// The folder that a program of the documentation runs in: a few photos with masks, digits, and models with random weights.
/// </summary>
internal sealed class PageFolder : IDisposable
{
    private static readonly string[] _classes = ["background", "scratch", "pit", "stain"];
    private static readonly string _surfaces = System.IO.Path.Combine(SharedData.Repository, "data", "surfaces");

    /// <summary>Makes it: four photos to train on and two to test, of the sample set.</summary>
    public PageFolder()
    {
        CopyPhotos(this["photos"], train: 4, test: 2);
        Directory.CreateDirectory(this["digits"]);
        WriteDigits(this["digits/train-images-idx3-ubyte.gz"], count: 64);
        File.WriteAllBytes(this["model.onnx"], Untrained());
        SaveZip(this["model.zip"], this["model.onnx"]);
        File.WriteAllBytes(this["deeplab.onnx"], FromElsewhere(_classes.Length, activation: null));
        File.WriteAllBytes(this["u2net.onnx"], FromElsewhere(1, "Sigmoid"));
    }

    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("mlseg-page-").FullName;

    /// <summary>The full path of a file in it.</summary>
    public string this[string file] => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] Untrained()
    {
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder(), _classes.Length));
        return SegmentationExporter.Export(network, new ImageModelMetadata
        {
            ClassNames = _classes,
            Palette = Palette.Voc(_classes.Length),
            Sizing = ImageSizing.Native,
        });
    }

    /// <summary>A network of one convolution, as others export theirs: without a word about itself.</summary>
    private static byte[] FromElsewhere(int channels, string? activation)
    {
        var graph = new OnnxGraphBuilder("elsewhere");
        string image = graph.Input("input", OnnxElementType.Float, "batch", 3, "height", "width");
        float[] weights = [.. Enumerable.Range(0, 3 * channels).Select(i => (float)Math.Sin(i + 1))];
        string scores = graph.Node("Conv", [image, graph.Initializer("weights", [channels, 3, 1, 1], weights)]);
        if (activation is not null) scores = graph.Node(activation, [scores]);
        graph.Output("out", scores, OnnxElementType.Float, "batch", channels, "height", "width");
        return graph.ToModel(new Dictionary<string, string>());
    }

    private static void SaveZip(string path, string model)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView photos = mlContext.Data.LoadImageFolder(System.IO.Path.Combine(_surfaces, "images"));
        using var chain = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath")
            .Append(mlContext.Transforms.SegmentImage("PredictedLabel", "Image", model)).Fit(photos);
        mlContext.Model.Save(chain, photos.Schema, path);
    }

    private static void CopyPhotos(string folder, int train, int test)
    {
        string[] rows = File.ReadAllLines(System.IO.Path.Combine(_surfaces, "split.csv"));
        string[] chosen = [.. rows.Where(row => row.EndsWith(",train", StringComparison.Ordinal)).Take(train),
            .. rows.Where(row => row.EndsWith(",test", StringComparison.Ordinal)).Take(test)];
        foreach (var (kind, extension) in (ReadOnlySpan<(string, string)>)[("images", "jpg"), ("masks", "png")])
        {
            Directory.CreateDirectory(System.IO.Path.Combine(folder, kind));
            foreach (string name in chosen.Select(row => row.Split(',')[0]))
            {
                string file = System.IO.Path.Combine(kind, $"{name}.{extension}");
                File.Copy(System.IO.Path.Combine(_surfaces, file), System.IO.Path.Combine(folder, file));
            }
        }
        File.WriteAllLines(System.IO.Path.Combine(folder, "split.csv"), [rows[0], .. chosen]);
    }

    /// <summary>Bars at growing places, in the format of MNIST's files.</summary>
    private static void WriteDigits(string path, byte count)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28]);
        var pixels = new byte[28 * 28];
        for (int digit = 0; digit < count; digit++)
        {
            for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i % 28 / 4 == digit % 7 ? 255 : 0);
            gzip.Write(pixels);
        }
    }
}

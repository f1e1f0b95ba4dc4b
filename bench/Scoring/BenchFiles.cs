using MLSegmentation;
using MLSegmentation.Training;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using SkiaSharp;

/// <summary>The models and images that every contestant is given.</summary>
internal static class BenchFiles
{
    private const int Classes = 21, Quality = 90, Columns = 4, Rows = 3;

    /// <summary>Writes the models, of random weights: their speed is that of trained ones.</summary>
    public static void WriteModels(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "fcn-compact-512", FullyConvolutionalNetwork.Create(new CompactEncoder(), Classes, headWidth: 256), 512);
        Write(folder, "fcn-vgg16-224", KerasFcn.Create(new Vgg16Encoder(), Classes, headWidth: 512), 224);
        File.WriteAllBytes(Path.Combine(folder, "foreground-1024.onnx"), ForeignNetwork.Create());
    }

    /// <summary>
    /// Writes JPEG files of 1920×1080, each a mosaic of twelve photographs of 480×360, and files of single ones.
    /// </summary>
    /// <param name="source">A folder of at least twelve photographs of 480×360 pixels.</param>
    /// <param name="folder">Gets the folders <c>1920x1080</c> and <c>480x360</c>.</param>
    /// <param name="count">How many of each.</param>
    public static void WriteImages(string source, string folder, int count)
    {
        string[] photographs = [.. Directory.GetFiles(source, "*.jpg").Order(StringComparer.Ordinal)];
        string large = Directory.CreateDirectory(Path.Combine(folder, "1920x1080")).FullName,
            small = Directory.CreateDirectory(Path.Combine(folder, "480x360")).FullName;
        for (int i = 0; i < count; i++)
        {
            string name = $"{i:D4}.jpg";
            using var mosaic = new SKBitmap(1920, 1080);
            using var canvas = new SKCanvas(mosaic);
            for (int tile = 0; tile < Columns * Rows; tile++)
            {
                using SKBitmap photograph = SKBitmap.Decode(photographs[(i + 7 * tile) % photographs.Length]);
                canvas.DrawBitmap(photograph, tile % Columns * 480, tile / Columns * 360);
                if (tile == 0) Save(photograph, Path.Combine(small, name));
            }
            Save(mosaic, Path.Combine(large, name));
        }
    }

    private static void Save(SKBitmap bitmap, string path)
    {
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        File.WriteAllBytes(path, data.ToArray());
    }

    private static void Write(string folder, string name, LayerGraph graph, int size)
    {
        using var network = new TorchNetwork(graph);
        network.eval();
        string[] names = [.. Enumerable.Range(0, Classes).Select(index => $"class {index}")];
        var metadata = new ImageModelMetadata
        {
            ClassNames = names,
            ImageWidth = size,
            ImageHeight = size,
            Sizing = ImageSizing.Stretch,
        };
        File.WriteAllBytes(Path.Combine(folder, $"{name}.onnx"), SegmentationExporter.Export(network, metadata, size, size));
    }
}

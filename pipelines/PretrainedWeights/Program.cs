// What the layers of VGG16 see: loads weights trained elsewhere (Keras's .h5, torchvision's .pth, or .safetensors of either) and
// draws the liveliest maps of each layer for an image. Only the first blocks are needed where the file has no more.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

const int Size = 224, Maps = 8;
if (args.Length is not (2 or 3))
{
    Console.Error.WriteLine(
        "Give weights of VGG16, a file or vgg16 after mlseg weights get vgg16, an image, and the number of blocks if not 5:");
    Console.Error.WriteLine("dotnet run -c Release --project pipelines/PretrainedWeights -- WEIGHTS IMAGE [BLOCKS]");
    return 2;
}
int blocks = args.Length == 3 ? int.Parse(args[2]) : 5;
string output = Directory.CreateDirectory(Path.Combine("out", "pretrained-weights")).FullName;

// The encoder's first blocks, with every convolution as an output.
using var weights = PretrainedWeights.Open(WeightCache.Find(args[0]));
SymbolicTensor input = SymbolicTensor.Input(Shape.Map(3, Size, Size));
SymbolicTensor end = new Vgg16Encoder { Preprocessing = weights.Preprocessing }.Apply(input)[blocks - 1];
var graph = new LayerGraph("vgg16", [input], [end]);
SymbolicTensor[] convolutions = [.. graph.Nodes.Where(node => node.Layer is Conv2D)];
string[] names = [.. convolutions.Select(graph.NameOf)];
using var network = new TorchNetwork(new LayerGraph("vgg16", [input], convolutions));
weights.LoadInto(network);
network.eval();

// The image as planes of red, green and blue, 0 to 255.
var mlContext = new MLContext();
IDataView files = mlContext.Data.LoadFromEnumerable([new ImageFolderRow { ImagePath = args[1] }]);
IDataView planes = mlContext.Transforms.ReadImages("Image", imageFolder: null, "ImagePath")
    .Append(mlContext.Transforms.ResizeImages("Planes", Size, Size, "Image", ImageResizingEstimator.ResizingKind.Fill))
    .Append(mlContext.Transforms.ExtractPixels("Planes")).Fit(files).Transform(files);
float[] pixels = planes.GetColumn<float[]>("Planes").Single();
using MLImage image = ImageDecoder.Decode(args[1]);
using var scope = NewDisposeScope();
using var noGradients = no_grad();
IReadOnlyList<Tensor> maps = network.call(tensor(pixels, [1, 3, Size, Size]));

using var sheet = new ImageSheet(columns: Maps + 1, rows: names.Length, tileWidth: 84, tileHeight: 84) { RowCaptions = names };
foreach (var (row, all) in maps.Index())
{
    // The maps that vary most, each from black to its own highest value.
    long[] strongest = all[0].flatten(1).std(1).argsort(descending: true)[..Maps].data<long>().ToArray();
    Console.WriteLine(
        $"{names[row]}: {all.shape[1]} maps of {all.shape[3]}×{all.shape[2]}, mean {all.mean().item<float>():F3}; drawn "
        + $"are {string.Join(", ", strongest)}");
    sheet.SetImage(0, row, image);
    foreach (var (column, index) in strongest.Index())
    {
        Tensor map = all[0, index].clamp_min(0);
        Tensor grey = (map / map.max().clamp_min(1e-6) * 255).to(uint8).contiguous();
        sheet.SetGrey(column + 1, row, grey.data<byte>().ToArray(), (int)all.shape[3]);
    }
}
sheet.Write(Path.Combine(output, "vgg16-maps.png"));
Console.WriteLine($"The picture is in {output}");
return 0;

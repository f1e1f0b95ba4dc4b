using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// Real ImageNet weights of VGG16's first two blocks give the activations that others recorded with them for a reference image,
/// from whichever form of file they come.
/// </summary>
[TestClass]
public sealed class Vgg16BlocksTest
{
    private const double Tolerance = 0.01;

    // Halves keep 11 bits of a weight. Activations go up to 6,958, and the largest difference from a recorded one is 0.95.
    private const double HalfTolerance = 1.5;

    [TestMethod]
    [DataRow("vgg16_blocks12_hwio_f32.safetensors", Tolerance)]
    [DataRow("vgg16_blocks12_hwio_f16.safetensors", HalfTolerance)]
    public void LoadInto_RealWeights_GivesTheRecordedActivationsInTorchAndOnnx(string name, double tolerance) =>
        Check(Vgg16Blocks.File(name), tolerance);

    [TestMethod]
    public void LoadInto_RealWeightsFromKeras_GivesTheRecordedActivations() =>
        WeightFixtures.WithFile(WeightWriter.KerasHdf(Vgg16Blocks.Read()), path => Check(path, Tolerance));

    [TestMethod]
    public void LoadInto_RealWeightsFromTorch_GivesTheRecordedActivations()
    {
        using var scope = NewDisposeScope();
        var layers = new Dictionary<string, string>
        {
            ["block1_conv1"] = "features.0",
            ["block1_conv2"] = "features.2",
            ["block2_conv1"] = "features.5",
            ["block2_conv2"] = "features.7",
        };
        var weights = Vgg16Blocks.Read().Select(weight =>
        {
            string[] name = weight.Name.Split('/');
            Tensor values = tensor(weight.Numbers, weight.Shape);
            if (values.dim() == 4) values = values.permute(3, 2, 0, 1).contiguous();
            string torch = $"{layers[name[0]]}.{(name[1] == "kernel" ? "weight" : "bias")}";
            return (torch, values.shape, values.data<float>().ToArray());
        });

        WeightFixtures.WithFile(WeightWriter.TorchZip([.. weights]), path => Check(path, Tolerance));
    }

    [TestMethod]
    public void LoadInto_FileOfTwoBlocksIntoAllFive_ListsTheMissing()
    {
        using var weights = PretrainedWeights.Open(Vgg16Blocks.File("vgg16_blocks12_hwio_f16.safetensors"));
        var encoder = new Vgg16Encoder { Preprocessing = weights.Preprocessing };
        using var network = new TorchNetwork(UNet.Create(encoder, 2));

        var error = Assert.ThrowsExactly<InvalidDataException>(() => weights.LoadInto(network, encoder));

        // 13 convolutions with a kernel and a bias, of which 4 are there.
        StringAssert.Contains(error.Message, "18 missing: block3_conv1/kernel (3×3×128×256), ");
        StringAssert.Contains(error.Message, "block5_conv3/bias (512)");
    }

    private static void Check(string path, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var weights = PretrainedWeights.Open(path);
        // The numbers are those of Keras, also where a test gives them torchvision's names.
        using var network = new TorchNetwork(Vgg16Blocks.Graph(ImagePreprocessing.Keras));
        weights.LoadInto(network);
        network.eval();
        Tensor image = Vgg16Blocks.Image();

        var torch = Vgg16Blocks.Outputs.Zip(network.call(image)).ToDictionary(output => output.First, output => output.Second);
        using var session = new InferenceSession(Export(network));
        var onnx = OnnxRun.All(session, image);

        CheckRecorded(torch, tolerance);
        CheckRecorded(onnx, tolerance);
        foreach (string output in Vgg16Blocks.Outputs)
            Assert.IsLessThan(0.01f, (torch[output] - onnx[output]).abs().max().item<float>(), output);
    }

    private static void CheckRecorded(IReadOnlyDictionary<string, Tensor> outputs, double tolerance)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Vgg16Blocks.File("reference_activations.json")));
        JsonElement recorded = file.RootElement;
        CheckPixel(recorded.GetProperty("block1_conv1_pixel00"), outputs["block1_conv1"], 0, 0, tolerance, "block1_conv1");
        foreach (string output in new[] { "block1_pool", "block2_conv1", "block2_conv2" })
        {
            // Rows and columns: the first three and the last three.
            int size = (int)outputs[output].shape[2];
            int[] places = [0, 1, 2, size - 3, size - 2, size - 1];
            JsonElement pixels = recorded.GetProperty(output);
            for (int i = 0; i < 36; i++) CheckPixel(pixels[i], outputs[output], places[i / 6], places[i % 6], tolerance, output);
        }
    }

    /// <summary>Compares the first three channels and the last three.</summary>
    private static void CheckPixel(JsonElement expected, Tensor output, int row, int column, double tolerance, string name)
    {
        int channels = (int)output.shape[1];
        int[] places = [0, 1, 2, channels - 3, channels - 2, channels - 1];
        for (int i = 0; i < 6; i++)
        {
            float actual = output[0, places[i], row, column].item<float>();
            Assert.AreEqual(expected[i].GetDouble(), actual, tolerance, $"{name}, channel {places[i]} of pixel {row}, {column}");
        }
    }

    private static byte[] Export(TorchNetwork network)
    {
        var onnx = new OnnxGraphBuilder(network.Graph.Name);
        var shape = network.Graph.Inputs[0].Shape;
        string image = onnx.Input("image", OnnxElementType.Float, GraphExporter.Dimensions(shape));
        foreach (var (name, output) in Vgg16Blocks.Outputs.Zip(GraphExporter.Write(network, onnx, image, shape)))
            onnx.Output(name, output.Name, OnnxElementType.Float, GraphExporter.Dimensions(output.Shape));
        return onnx.ToModel(new Dictionary<string, string>());
    }
}

using System.Diagnostics;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training.Tests;

/// <summary>Exported models against ONNX's own checker, where Debian's python3-onnx is installed.</summary>
[TestClass]
public sealed class OnnxCheckerTest
{
    private const string Python = "/usr/bin/python3";

    [TestMethod]
    public void Export_UNet_PassesTheFullCheck() => Check(Segmentation(UNet.Create(new CompactEncoder(), 3)));

    [TestMethod]
    public void Export_FullyConvolutionalNetwork_PassesTheFullCheck() =>
        Check(Segmentation(FullyConvolutionalNetwork.Create(new CompactEncoder(), 3)));

    /// <summary>Narrow heads: what the checker looks at is the graph.</summary>
    [TestMethod]
    [DataRow("fcn8-vgg16")]
    [DataRow("fcn16-paper-resnet18")]
    [DataRow("fcn32-resnet34")]
    [DataRow("unet-vgg16")]
    [DataRow("unet-resnet18")]
    [DataRow("unet-light-resnet20")]
    [DataRow("fpn-resnet18")]
    [DataRow("deeplabv3plus-resnet18")]
    public void Export_NamedNetwork_PassesTheFullCheck(string name)
    {
        SegmentationNetwork network = SegmentationNetworks.Find(name);
        Encoder encoder = network.Encoder with { Preprocessing = ImagePreprocessing.Keras };
        Check(Segmentation((network with { Encoder = encoder, HeadWidth = network.HeadWidth == 0 ? 0 : 8 }).Create(3)));
    }

    [TestMethod]
    public void Export_Classifier_PassesTheFullCheck()
    {
        using var network = new TorchNetwork(DeepResidualNetwork.Create(3));
        Check(ClassificationExporter.Export(network, ["a", "b", "c"]));
    }

    [TestMethod]
    public void Export_EncoderAutoencoder_PassesTheFullCheck()
    {
        using var network = new TorchNetwork(EncoderAutoencoder.Create(new CompactEncoder()));
        Check(AutoencoderExporter.Export(network, 64, 32));
    }

    [TestMethod]
    public void Export_Decoder_PassesTheFullCheck()
    {
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create());
        Check(DecoderExporter.Export(AutoencoderExporter.Export(network)));
    }

    [TestMethod]
    public void Export_Autoencoder_PassesTheFullCheck()
    {
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create());
        Check(AutoencoderExporter.Export(network));
    }

    [TestMethod]
    public void Export_FixedSize_PassesTheFullCheck()
    {
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder(), 3));
        Check(SegmentationExporter.Export(network, Metadata(), height: 64, width: 96));
    }

    [TestMethod]
    [DynamicData(nameof(AdoptedForms))]
    public void Adopt_Form_PassesTheFullCheck(string name, object form)
    {
        var foreign = (ForeignForm)form;
        ImagePreparation preparation = foreign.Type == OnnxElementType.UInt8
            ? ImagePreparation.AsIs
            : ImagePreparation.CaffeBgr with { Deviation = [57, 58, 59] };
        Check(SegmentationAdopter.Adopt(foreign.Build(), foreign.Options(preparation)));
    }

    private static IEnumerable<object[]> AdoptedForms()
    {
        var plain = new ForeignForm();
        var last = plain with { InputLayout = TensorLayout.ChannelsLast, OutputLayout = TensorLayout.ChannelsLast };
        var one = plain with { IsFixed = true, Batch = 1 };
        yield return ["logits", plain with { IsCoarser = true }];
        yield return ["half precision, channels last", last with { Type = OnnxElementType.Float16 }];
        yield return ["bytes without a batch, opset 11", one with
        {
            Type = OnnxElementType.UInt8,
            IsWithoutBatch = true,
            OperatorSet = 11,
        }];
        yield return ["labels, coarser, opset 12", plain with { Kind = ScoreKind.Labels, IsCoarser = true, OperatorSet = 12 }];
        yield return ["labels", plain with { Kind = ScoreKind.Labels }];
        yield return ["one channel, opset 11", plain with { Scores = 1, OperatorSet = 11 }];
        yield return ["one channel of probabilities", plain with { Scores = 1, Kind = ScoreKind.Probabilities }];
        yield return ["independent", plain with { Kind = ScoreKind.IndependentLogits, OperatorSet = 13 }];
        yield return ["batch of 4", one with { Batch = 4 }];
        yield return ["names of ours", plain with { Input = "mask", Inside = "probabilities", Output = "image" }];
    }

    private static byte[] Segmentation(LayerGraph graph)
    {
        using var network = new TorchNetwork(graph);
        return SegmentationExporter.Export(network, Metadata());
    }

    private static ImageModelMetadata Metadata() => new() { ClassNames = ["a", "b", "c"] };

    private static void Check(byte[] model)
    {
        if (!File.Exists(Python) || Run("import onnx").ExitCode != 0)
            Assert.Inconclusive("Debian's python3-onnx is not installed.");
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(file, model);
        try
        {
            var (exitCode, error) = Run($"import onnx; onnx.checker.check_model(onnx.load('{file}'), full_check=True)");
            Assert.AreEqual(0, exitCode, error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int ExitCode, string Error) Run(string program)
    {
        using Process python = Process.Start(new ProcessStartInfo(Python, ["-c", program]) { RedirectStandardError = true })!;
        string error = python.StandardError.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, error);
    }
}

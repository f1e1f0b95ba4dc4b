using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Damaged models are refused by name, or run: never a crash, nor an error of ONNX Runtime's own.</summary>
[TestClass]
public sealed class DamagedModelTest
{
    private const string Source = "The model 'broken'";

    [TestMethod]
    [DataRow("segmentation")]
    [DataRow("fixed size")]
    [DataRow("autoencoder")]
    [DataRow("classifier")]
    [DataRow("foreign")]
    public void FromBytes_Truncated_IsRefusedOrLacksMetadata(string kind)
    {
        byte[] model = Model(kind);
        OnnxModelInfo whole = OnnxModelInfo.FromBytes(model);
        for (int length = 0; length < model.Length; length += 1 + (model.Length / 200))
        {
            // The metadata is last in the file: cut between two properties, a model is whole without the rest.
            if (Open(model[..length]) is { } info)
                Assert.AreEqual(string.Join(';', whole.Outputs), string.Join(';', info.Outputs));
        }
    }

    [TestMethod]
    [DataRow("segmentation")]
    [DataRow("fixed size")]
    [DataRow("autoencoder")]
    [DataRow("classifier")]
    [DataRow("foreign")]
    public void FromBytes_BitFlipped_IsRefusedOrRuns(string kind)
    {
        byte[] model = Model(kind);
        var random = new Random(31);
        for (int i = 0; i < 200; i++)
        {
            byte[] flipped = ImageCorpus.WithFlippedBit(model, random);
            if (Open(flipped) is not { } info) continue;
            string? output = i % 2 == 0 ? null : info.Outputs[0].Name;
            using var session = OnnxSession.Open(
                OnnxModelSource.Of(flipped), info, output, info.Scores, TestGraphs.OneThread, ExecutionDevice.Cpu, "owner");
            int length = info.Channels * (info.Height ?? 8) * (info.Width ?? 8);
            try
            {
                string[] outputs = output is null ? [.. info.Outputs.Select(value => value.Name)] : [output];
                session.Run(new float[length], 1, info.Height ?? 8, info.Width ?? 8, outputs).Dispose();
            }
            catch (InvalidOperationException error)
            {
                StringAssert.Contains(error.Message, "cannot score");
            }
        }
    }

    [TestMethod]
    public void FromFile_BitFlippedBesideItsWeights_IsRefusedOrRuns()
    {
        using var folder = new TestFolder();
        (byte[] model, byte[] weights) = OutsideModel.Of(TestGraphs.SumOfRedAndGreen(5));
        string modelFile = folder.FileNamed("model.onnx"), weightFile = folder.FileNamed(OutsideModel.Location);
        var random = new Random(41);
        int runs = 0;
        for (int i = 0; i < 1000; i++)
        {
            bool isModel = i % 4 != 0;
            File.WriteAllBytes(modelFile, isModel ? ImageCorpus.WithFlippedBit(model, random) : model);
            File.WriteAllBytes(weightFile, isModel ? weights : ImageCorpus.WithFlippedBit(weights, random));
            try
            {
                using SegmentationModel opened = SegmentationModel.Load(modelFile);
                using MLImage image = TestImages.Image(8, 8, 1);
                opened.Segment(image);
                runs++;
            }
            catch (InvalidDataException error)
            {
                StringAssert.Contains(error.Message, modelFile);
                Assert.IsTrue(isModel, error.Message);
            }
            catch (Exception error) when (error is InvalidOperationException or ArgumentException)
            {
                StringAssert.Contains(error.Message, "model");
            }
        }
        Assert.IsInRange(300, 999, runs);
    }

    [TestMethod]
    public void FromFile_WeightFileCutAnywhere_IsRefusedByItsName()
    {
        using var folder = new TestFolder();
        string modelFile = OutsideModel.Write(folder.Path, TestGraphs.BrightestChannel());
        string weightFile = folder.FileNamed(OutsideModel.Location);
        byte[] weights = File.ReadAllBytes(weightFile);
        for (int length = 0; length < weights.Length; length++)
        {
            File.WriteAllBytes(weightFile, weights[..length]);
            StringAssert.Contains(
                Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromFile(modelFile)).Message, weightFile);
        }
    }

    [TestMethod]
    public void FromBytes_MetadataKeyWithZero_IsRefused()
    {
        // Field 14 of a model: an entry of the key "a", zero, "b" and the value "c".
        byte[] model = [.. Model("foreign"), 0x72, 8, 0x0A, 3, (byte)'a', 0, (byte)'b', 0x12, 1, (byte)'c'];

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message,
            "a key of its metadata has a zero character");
    }

    [TestMethod]
    public void FromBytes_Noise_IsRefused()
    {
        var random = new Random(37);
        for (int i = 0; i < 300; i++)
        {
            var noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            Assert.IsNull(Open(noise));

            // ONNX Runtime's own format, which it reads without checking it.
            Assert.IsNull(Open([0x1C, 0, 0, 0, .. "ORTM"u8, .. noise]));
        }
    }

    [TestMethod]
    [DataRow("../../etc/passwd")]
    [DataRow("/etc/passwd")]
    [DataRow("weights.bin")]
    [DataRow("*/_ORT_MEM_ADDR_/*")]
    public void FromBytes_WeightsInAnotherFile_AreRefusedUnopened(string location)
    {
        // One that ONNX Runtime would find and take.
        if (location == "weights.bin") File.WriteAllBytes(location, new byte[36]);
        byte[] model = EditedModel.WithWeightsIn(location);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message;

        StringAssert.Contains(message, $"weights in another file (location '{location}')");
        if (location == "weights.bin") File.Delete(location);
    }

    [TestMethod]
    public void FindFault_WeightsInAnotherFile_AreFoundWhereverTensorsAre()
    {
        byte[] tensor = [14 << 3, 1];
        byte[] node = EditedModel.Field(5, EditedModel.Field(5, tensor));
        byte[] branch = EditedModel.Field(5, EditedModel.Field(6, EditedModel.Field(1, node)));
        (string Name, byte[] Model)[] models =
        [
            ("initializer", EditedModel.Field(7, EditedModel.Field(5, tensor))),
            ("sparse initializer", EditedModel.Field(7, EditedModel.Field(15, EditedModel.Field(1, tensor)))),
            ("attribute", EditedModel.Field(7, EditedModel.Field(1, node))),
            ("attribute of tensors",
                EditedModel.Field(7, EditedModel.Field(1, EditedModel.Field(5, EditedModel.Field(10, tensor))))),
            ("branch", EditedModel.Field(7, EditedModel.Field(1, branch))),
            ("function", [.. EditedModel.Field(7, []), .. EditedModel.Field(25, EditedModel.Field(7, node))]),
            ("training",
                [.. EditedModel.Field(7, []), .. EditedModel.Field(20, EditedModel.Field(1, EditedModel.Field(1, node)))]),
        ];
        foreach ((string name, byte[] model) in models)
            StringAssert.Contains(OnnxStructure.FindFault(model), "another file", name);
        foreach ((string name, byte[] model) in models) Assert.IsNull(OnnxStructure.FindFault([.. model[..^1], 0]), name);
    }

    [TestMethod]
    public void FindFault_NestedTooDeep_IsFound()
    {
        byte[] graph = [];
        for (int depth = 0; depth < 2000; depth++)
            graph = EditedModel.Field(1, EditedModel.Field(5, EditedModel.Field(6, graph)));

        StringAssert.Contains(OnnxStructure.FindFault(EditedModel.Field(7, graph)), "nested");
    }

    [TestMethod]
    [DataRow(1L << 31, "2147483648")]
    [DataRow((1L << 32) + 8, "4294967304")]
    [DataRow(long.MaxValue, "9223372036854775807")]
    public void FromBytes_SizeBeyondAnInteger_IsRefused(long size, string text)
    {
        foreach (int dimension in new[] { 1, 2, 3 })
        {
            byte[] model = EditedModel.With(proto => proto.Graph.Input[0].Type.TensorType.Shape.Dim[dimension].DimValue = size);
            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message, text);
        }
    }

    [TestMethod]
    public void FromBytes_NegativeSize_IsFree() =>
        Assert.IsNull(
            OnnxModelInfo.FromBytes(
                EditedModel.With(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = -7)).Height);

    [TestMethod]
    public void FromBytes_ImageOfManyPixels_IsRefused()
    {
        byte[] model = TestGraphs.BrightestChannel(1_000_000, 1_000_000);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message;

        StringAssert.Contains(message, "image: Single[N,3,1000000,1000000]");
    }

    [TestMethod]
    [DataRow(1L << 40, 1L << 40)]
    [DataRow(-3L, -3L)]
    [DataRow(1_000_000L, 1_000_000L)]
    [DataRow(20_000L, 20_000L)]
    public void FromBytes_WeightsOfAnotherShapeThanTheirBytes_AreRefused(long height, long width)
    {
        byte[] model = EditedModel.WithTensor(tensor =>
        {
            tensor.Dims.Clear();
            tensor.Dims.AddRange([height, width, 4, 4]);
        });

        Assert.IsNull(Open(model));
    }

    [TestMethod]
    [DataRow("classes", "[null,\"a\",\"b\"]")]
    [DataRow("classes", "[")]
    [DataRow("palette", "[null]")]
    [DataRow("palette", "[\"#12\"]")]
    [DataRow("sizing", "77")]
    [DataRow("imageWidth", "-5")]
    [DataRow("imageHeight", "99999999999")]
    [DataRow("sizeMultiple", "0")]
    [DataRow("sizeMultiple", "x")]
    [DataRow("format", "2")]
    public void FromBytes_MetadataOutOfRange_IsRefused(string key, string value)
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => OnnxModelInfo.FromBytes(EditedModel.WithProperty(key, value))).Message;

        StringAssert.Contains(message, "metadata");
    }

    [TestMethod]
    public void FromBytes_MoreClassesThanAreTaken_IsRefused()
    {
        byte[] model = TestGraphs.ManyClasses(2_000_000_000);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message, "2000000000 classes");
    }

    private static byte[] Model(string kind) => kind switch
    {
        "segmentation" => TestGraphs.BrightestChannel(),
        "fixed size" => TestGraphs.BrightestChannel(8, 8),
        "autoencoder" => TestGraphs.Halving(),
        "classifier" => TestGraphs.BrightestMean(),
        _ => TestGraphs.Foreign(),
    };

    /// <summary>The model, or null where it is refused by its name. Any other exception fails the test.</summary>
    private static OnnxModelInfo? Open(byte[] model)
    {
        try
        {
            return OnnxModelInfo.FromBytes(model, Source);
        }
        catch (InvalidDataException error)
        {
            StringAssert.Contains(error.Message, Source);
            return null;
        }
    }
}

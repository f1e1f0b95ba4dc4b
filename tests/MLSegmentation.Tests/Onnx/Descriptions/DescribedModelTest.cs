using Microsoft.ML;

namespace MLSegmentation.Tests;

/// <summary>What files beside a model say stays with the model.</summary>
[TestClass]
public sealed class DescribedModelTest
{
    private const string Processor =
        """{"image_mean": [0.5], "image_std": [0.25], "do_reduce_labels": true, "size": {"height": 16, "width": 24}}""";

    private const string Config =
        """{"id2label": {"0": "sky", "1": "road", "2": "tree"}, "semantic_loss_ignore_index": 255, "model_type": "segformer"}""";

    private readonly DescribedFolder _folder = new();
    private readonly MLContext _ml = new(1);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Read_FilesBeside_GivesBytesThatSayIt()
    {
        byte[] alone = OnnxModelFile.Read(_folder.Model);

        byte[] described = OnnxModelFile.Read(_folder.Processor(Processor).Config(Config).Model);

        CollectionAssert.AreEqual(File.ReadAllBytes(_folder.Model), alone);
        CollectionAssert.AreEqual(alone, described[..alone.Length]);
        var info = OnnxModelInfo.FromBytes(described);
        Assert.AreEqual(new ImagePreparation { Mean = [0.5], Deviation = [0.25] }, info.Preparation);
        Assert.AreEqual("preprocessor_config.json (with config.json) beside the model", info.PreparationSource);
        Assert.AreSequenceEqual(["sky", "road", "tree"], info.Metadata.ClassNames);
        Assert.AreEqual((255, 1), (info.Metadata.IgnoreLabel, info.Metadata.FirstLabel));
        Assert.AreEqual(
            (24, 16, ImageSizing.Stretch), (info.Metadata.ImageWidth, info.Metadata.ImageHeight, info.Metadata.Sizing));
    }

    [TestMethod]
    public void Read_FolderNamedOnnx_TakesFilesOfTheFolderAbove()
    {
        Directory.CreateDirectory(_folder["onnx"]);
        string model = Path.Combine(_folder["onnx"], "model.onnx");
        File.Move(_folder.Model, model);
        _folder.Processor(Processor).Config("""{"id2label": {"0": "a", "1": "b", "2": "c"}}""");
        File.WriteAllText(Path.Combine(_folder["onnx"], "config.json"), Config);

        var info = OnnxModelInfo.FromFile(model);

        Assert.AreEqual("scale=0.00392156862745098,mean=0.5,deviation=0.25", $"{info.Preparation}");
        Assert.AreEqual("sky", info.Metadata.ClassNames[0], "What lies beside the model comes first.");
    }

    [TestMethod]
    public void Read_AnyOtherFolder_TakesNoFilesOfTheFolderAbove()
    {
        Directory.CreateDirectory(_folder["models"]);
        string model = Path.Combine(_folder["models"], "model.onnx");
        File.Move(_folder.Model, model);
        _folder.Processor(Processor);

        Assert.IsNull(OnnxModelInfo.FromFile(model).Preparation);
    }

    [TestMethod]
    [DataRow("preprocessor_config.json", "{")]
    [DataRow("preprocessor_config.json", "")]
    [DataRow("config.json", "[]")]
    [DataRow("config.json", "\0\0\0\0")]
    [DataRow("config.json", "{\"a\": \u0001}")]
    [DataRow("config.json", """{"\ud800": 1}""")]
    [DataRow("preprocessor_config.json", """{"image_mean": 0.5, "a": [{"b": 1, "\ud8000": 1}]}""")]
    public void Read_DamagedFileBeside_NamesIt(string name, string json)
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(() => _folder.With(name, json).Info).Message;

        StringAssert.Contains(message, $"The file '{_folder[name]}' beside the model cannot be read as JSON");
        StringAssert.Contains(message, "Mend it, or move it elsewhere");
    }

    [TestMethod]
    public void Read_DamagedFileBesideModelThatSaysAll_IsNotLookedAt()
    {
        File.WriteAllBytes(_folder.Model, TestGraphs.BrightestChannel());

        Assert.AreEqual("the model's metadata", _folder.Processor("{").Config("{").Info.PreparationSource);
    }

    [TestMethod]
    public void Read_TextThatIsNoUtf8_IsAnError()
    {
        File.WriteAllBytes(_folder["preprocessor_config.json"], [.. "{\"image_mean\": \""u8, 0xFF, .. "\"}"u8]);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => _folder.Info).Message, "its text is not UTF-8");
    }

    [TestMethod]
    public void Read_NestedTooDeep_IsAnError() => Assert.ThrowsExactly<InvalidDataException>(
        () => _folder.Config($"{{\"a\": {new string('[', 100_000)}").Info);

    [TestMethod]
    public void Read_TooLongFile_SaysHowLong()
    {
        using (FileStream file = File.Create(_folder["config.json"])) file.SetLength((16 << 20) + 1);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => _folder.Info).Message, "has 16777217 bytes, expected at most");
    }

    [TestMethod]
    public void Read_AsPythonAndPeopleWrite_IsRead() => Assert.AreEqual(
        "minus-one-to-one",
        $"""
        {_folder.Processor(
            "\uFEFF// of my own\n{\"image_mean\": 0.5, \"image_std\": 0.5, \"note\": \"NaN \\\" Infinity\", "
            + "\"odd\": [NaN, -Infinity, Infinity],}").Info.Preparation}
        """);

    // Put behind a message that breaks off, a description would be its rest.
    [TestMethod]
    public void Read_TruncatedModel_IsLeftAsItIs()
    {
        byte[] model = File.ReadAllBytes(_folder.Model);
        _folder.Processor(Processor);
        for (int length = 0; length < model.Length; length++)
        {
            File.WriteAllBytes(_folder.Model, model[..length]);

            byte[] read = OnnxModelFile.Read(_folder.Model);

            Assert.IsTrue(read.Length == length || IsWhole(model.AsSpan(0, length)), $"{length} bytes");
        }
    }

    [TestMethod]
    public void SegmentImage_ZipInAnotherFolder_GivesTheSameMasks()
    {
        _folder.Processor(Processor).Config(Config);
        IDataView images = _ml.Data.LoadFromEnumerable(
            new[] { new TestImages.Row { Name = "a", Image = TestImages.Image(20, 18, seed: 1) } });
        using SegmentImageTransformer segmenter = _ml.Transforms.SegmentImage("Mask", "Image", _folder.Model).Fit(images);
        uint[] expected = Mask(segmenter.Transform(images));
        using var zip = new MemoryStream();
        _ml.Model.Save(segmenter, images.Schema, zip);
        foreach (string json in Directory.GetFiles(_folder.Path, "*.json")) File.Delete(json);
        File.Delete(_folder.Model);
        zip.Position = 0;

        ITransformer loaded = new MLContext(1).Model.Load(zip, out _);

        Assert.AreSequenceEqual(expected, Mask(loaded.Transform(images)));
        var model = OnnxModelInfo.FromBytes(((SegmentImageTransformer)loaded).Model.ToArray());
        Assert.AreEqual((255, 1), (model.Metadata.IgnoreLabel, model.Metadata.FirstLabel));
        Assert.AreSequenceEqual(["sky", "road", "tree"], ((SegmentImageTransformer)loaded).Options.ClassNames!);
    }

    [TestMethod]
    public void SegmentImage_OptionsAgainstFiles_ShowsBoth()
    {
        _folder.Processor(Processor);
        IDataView images = _ml.Data.LoadFromEnumerable(Array.Empty<TestImages.Row>());

        string message = Assert.Throws<ArgumentException>(
            () => _ml.Transforms.SegmentImage(
                "Mask", "Image", _folder.Model, new SegmentImageOptions { Preparation = ImagePreparation.ZeroToOne })
                .Fit(images)).Message;

        StringAssert.Contains(message, "zero-to-one");
        StringAssert.Contains(message, "preprocessor_config.json beside the model says scale=");
    }

    [TestMethod]
    public void SegmentImage_OptionsThatSayTheSameInOtherNumbers_AreNoContradiction()
    {
        _folder.Processor("""{"image_mean": [0.5, 0.5, 0.5], "image_std": 0.5}""");
        IDataView images = _ml.Data.LoadFromEnumerable(Array.Empty<TestImages.Row>());
        var options = new SegmentImageOptions { Preparation = new() { Mean = [0.5], Deviation = [0.5, 0.5, 0.5] } };

        using SegmentImageTransformer segmenter =
            _ml.Transforms.SegmentImage("Mask", "Image", _folder.Model, options).Fit(images);

        Assert.AreEqual(options.Preparation, segmenter.Options.Preparation);
    }

    private static uint[] Mask(IDataView rows)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor(rows.Schema);
        cursor.MoveNext();
        Microsoft.ML.Data.VBuffer<uint> mask = default;
        cursor.GetGetter<Microsoft.ML.Data.VBuffer<uint>>(rows.Schema["Mask"])(ref mask);
        return [.. mask.DenseValues()];
    }

    private static bool IsWhole(ReadOnlySpan<byte> model)
    {
        var fields = new ProtobufReader(model);
        while (fields.Next())
        {
        }
        return !fields.IsDamaged;
    }
}

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxModelInfoTest
{
    [TestMethod]
    public void FromBytes_SegmentationGraph_ReadsEverything()
    {
        OnnxModelInfo info = OnnxModelInfo.FromBytes(
            TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SizeMultiple = 16 }));

        Assert.AreEqual("image: Single[N,3,H,W]", info.Inputs.Single().ToString());
        Assert.AreEqual("probabilities: Single[N,3,H,W]; mask: Byte[N,H,W]", string.Join("; ", info.Outputs));
        Assert.AreEqual((3, 3, 16), (info.Channels, info.ClassCount, info.SizeMultiple));
        Assert.AreEqual((null, null), (info.Height, info.Width));
        CollectionAssert.AreEqual(new[] { "reddish", "greenish", "bluish" }, info.Metadata.ClassNames.ToArray());
        Assert.AreEqual("brightest", info.Metadata.Network);
    }

    [TestMethod]
    public void FromBytes_FixedSize_HasIt()
    {
        OnnxModelInfo info = OnnxModelInfo.FromBytes(TestGraphs.BrightestChannel(24, 32));

        Assert.AreEqual((24, 32), (info.Height, info.Width));
    }

    [TestMethod]
    public void FromBytes_Autoencoder_HasNoClasses()
    {
        OnnxModelInfo info = OnnxModelInfo.FromBytes(TestGraphs.Halving(channels: 1));

        Assert.AreEqual((1, 0), (info.Channels, info.ClassCount));
    }

    [TestMethod]
    public void FromBytes_NoImageInput_NamesTheInputsFound()
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => OnnxModelInfo.FromBytes(TestGraphs.WithoutImage())).Message;

        StringAssert.Contains(message, "features: Single[N,4]");
    }

    [TestMethod]
    public void FromBytes_OtherClassCountInMetadata_NamesBoth()
    {
        byte[] model = TestGraphs.BrightestChannel(
            metadata: TestGraphs.Described() with { ClassNames = ["one", "two"], Palette = [] });

        string message = Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message;

        StringAssert.Contains(message, "2 classes (one, two)");
        StringAssert.Contains(message, "3 channels");
    }

    [TestMethod]
    public void FromBytes_ForegroundOfThreeChannels_IsRefused()
    {
        byte[] model = TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { ForegroundThreshold = 0.5f });

        string message = Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model)).Message;

        StringAssert.Contains(message, "3 channels in its output probabilities: Single[N,3,H,W], expected 2");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("this is no model")]
    public void FromFile_NoOnnx_NamesTheFile(string content)
    {
        using var folder = new TestFolder();
        string path = folder.FileNamed("wrong.onnx");
        File.WriteAllText(path, content);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromFile(path)).Message, path);
    }

    [TestMethod]
    public void FromFile_Missing_NamesTheFile() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => OnnxModelInfo.FromFile("nowhere.onnx")).Message, "nowhere.onnx");
}

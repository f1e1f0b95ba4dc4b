using System.Text.Json;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Tests;

/// <summary>Models that earlier versions exported give what they gave: Data/Kept/README.md tells what wrote them.</summary>
[TestClass]
public sealed class KeptModelsTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void SegmentImage_KeptModel_GivesWhatItGave() => AssertSame(
        "segmentation.onnx",
        path => _ml.Transforms.SegmentImage("Mask", "ImagePath", path, new()
        {
            ConfidenceColumnName = "Confidence",
            OverlayColumnName = "Overlay",
        }));

    [TestMethod]
    public void SegmentImage_KeptModelOfOneSize_GivesWhatItGave() =>
        AssertSame("segmentation-fixed.onnx", path => _ml.Transforms.SegmentImage("Mask", "ImagePath", path));

    [TestMethod]
    public void ReconstructImage_KeptModel_GivesWhatItGave() => AssertSame(
        "autoencoder.onnx",
        path => _ml.Transforms.ReadImages("Image", null, "ImagePath")
            .Append(_ml.Transforms.ReconstructImage("Reconstruction", "Image", path)));

    [TestMethod]
    public void ClassifyImage_KeptModel_GivesWhatItGave() => AssertSame(
        "classifier.onnx",
        path => _ml.Transforms.ReadImages("Image", null, "ImagePath")
            .Append(_ml.Transforms.ClassifyImage("PredictedLabel", "Image", path)));

    /// <summary>The decoder is no step of a pipeline: ONNX Runtime runs it.</summary>
    [TestMethod]
    public void Decoder_KeptLatentValues_GiveTheirReconstruction()
    {
        JsonElement kept = JsonDocument.Parse(File.ReadAllText(PathOf("decoder.json"))).RootElement;
        float[] latent = [.. kept.GetProperty("Latent").EnumerateArray().Select(value => value.GetSingle())];
        using var session = new InferenceSession(PathOf("decoder.onnx"));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(latent, [1, latent.Length]);
        using var run = new RunOptions();

        using var outputs = session.Run(run, ["latent"], [input], ["reconstruction"]);

        CollectionAssert.AreEqual(new long[] { 1, 3, 16, 20 }, outputs[0].GetTensorTypeAndShape().Shape);
        float[] now = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        float[] was = [.. kept.GetProperty("Reconstruction").EnumerateArray().Select(value => value.GetSingle())];
        foreach (var (one, other) in now.Zip(was)) Assert.AreEqual(other, one, 1e-5f * Math.Max(1, Math.Abs(other)));
    }

    /// <summary>What no result shows.</summary>
    [TestMethod]
    public void Metadata_KeptModel_TellsWhatItWasTrainedWith()
    {
        var metadata = OnnxModelInfo.FromFile(PathOf("segmentation.onnx")).Metadata;

        Assert.AreEqual("segmentation", metadata.Task);
        Assert.AreEqual("kept-segmenter", metadata.Network);
        Assert.AreEqual(957, metadata.Parameters);
        Assert.AreEqual(255, metadata.IgnoreLabel);
        Assert.AreEqual("#000000", metadata.IgnoreColour.ToString());
        Assert.IsTrue(metadata.HasGivenPalette);
    }

    private void AssertSame(string file, Func<string, IEstimator<ITransformer>> estimator)
    {
        string path = PathOf(file);
        IDataView input = KeptFile.View(_ml, Path.GetDirectoryName(path)!, [new("Images/small.png", "Masks/small.png")]);

        ITransformer model = estimator(path).Fit(input);
        try
        {
            Assert.IsEmpty(KeptFile.Differences(_ml, model, path));
        }
        finally
        {
            (model as IDisposable)?.Dispose();
        }
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "Kept", file);
}

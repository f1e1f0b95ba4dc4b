using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>Small models of every form, with the mask that each must give of one picture.</summary>
[TestClass]
public sealed class ForeignCasesTest
{
    private const int Pixels = 64 * 32, Foreground = 20 * 16;

    private static readonly SegmentationModelOptions _plain = new() { Preparation = ImagePreparation.AsIs };

    [TestMethod]
    public void OneChannel_LogitOrProbability_IsTheRectangle()
    {
        const string Case = "04-onnx-one-channel-sigmoid";

        CheckRectangle(Case, "logit1.onnx", _plain with { Scores = ScoreKind.Logits });
        CheckRectangle(Case, "sigmoid1.onnx", _plain);
    }

    [TestMethod]
    [DataRow("05-onnx-nhwc", "nhwc.onnx")]
    [DataRow("05-onnx-nhwc", "nhwc_softmax_free.onnx")]
    [DataRow("06-onnx-nhwc-output-silent", "nchw_in_nhwc_out.onnx")]
    [DataRow("09-onnx-fp16-uint8-argmax", "fp16.onnx")]
    [DataRow("09-onnx-fp16-uint8-argmax", "uint8_nhwc.onnx")]
    public void Scores_AnyLayoutAndType_AreTheRectangle(string folder, string file) => CheckRectangle(folder, file, _plain);

    [TestMethod]
    public void Labels_OfTheGraph_AreTheRectangle() => CheckRectangle(
        "09-onnx-fp16-uint8-argmax", "argmax_nhw.onnx", _plain with { ClassNames = ["dark", "bright"] });

    [TestMethod]
    public void IndependentClasses_AtAThreshold_KeepTheirSigmoid()
    {
        const string Case = "11-onnx-multilabel-threshold";
        SegmentationResult result = Segment(
            Case, "multilabel.onnx", "a.png", _plain with { Threshold = 0.5f, WithConfidence = true });

        // The rectangle is in classes 1 and 2, of which class 2 is surer: 0.9997.
        Assert.AreEqual(Foreground, result.Mask.Span.Count(3u));
        Assert.AreEqual(Pixels - Foreground, result.Mask.Span.Count(1u));
        Assert.AreEqual(0.9997f, result.Confidence.Span[result.Mask.Span.IndexOf(3u)], 1e-4f);
    }

    [TestMethod]
    public void QuarterSizeLogits_AreInterpolatedAsLogits()
    {
        const string Case = "25-logits-not-interpolated";
        SegmentationResult result = Segment(Case, "segformer.onnx", "c.png", _plain);
        using MLImage image = MLImage.CreateFromFile(SharedData.Require("cases", Case, "c.png"));
        (int width, int height) = (result.Width, result.Height);
        float[] logits = QuarterLogits(image);
        var geometry = ImageGeometry.For(width, height, ImageSizing.Native, width, height);

        for (int i = 0; i < result.Mask.Length; i++)
        {
            double[] at = NaiveScores.At(logits, height / 4, width / 4, geometry, i % width, i / width);
            Assert.AreEqual(at.Max(), at[result.Mask.Span[i] - 1], 1e-4, $"({i % width}, {i / width})");
        }
    }

    /// <summary>What that graph makes of an image: the mean of 4×4 pixels; 3 for class 0, and 0.06 of a channel less 3.</summary>
    private static float[] QuarterLogits(MLImage image)
    {
        (int width, int height) = (image.Width / 4, image.Height / 4);
        var geometry = ImageGeometry.For(image.Width, image.Height, ImageSizing.Native, 0, 0);
        var tensor = new float[3 * image.Width * image.Height];
        ImageTensor.Fill(image, geometry, PixelScaling.AsIs(3), tensor);
        float Mean(int channel, int x, int y) => Enumerable.Range(0, 16)
            .Average(i => tensor[(((channel * image.Height) + (4 * y) + (i / 4)) * image.Width) + (4 * x) + (i % 4)]);
        return [.. Enumerable.Range(0, 4 * height * width).Select(i =>
        {
            (int plane, int y, int x) = (i / (height * width), i / width % height, i % width);
            return plane == 0 ? 3 : (0.06f * Mean(plane - 1, x, y)) - 3;
        })];
    }

    private static void CheckRectangle(string folder, string file, SegmentationModelOptions options)
    {
        SegmentationResult result = Segment(folder, file, "a.png", options);

        Assert.AreEqual(Foreground, result.Mask.Span.Count(2u), file);
        Assert.AreEqual(Pixels - Foreground, result.Mask.Span.Count(1u), file);
    }

    private static SegmentationResult Segment(string folder, string file, string image, SegmentationModelOptions options)
    {
        using var model = SegmentationModel.Load(SharedData.Require("cases", folder, file), options);
        return model.Segment(SharedData.Require("cases", folder, image));
    }
}

using Microsoft.ML.Data;

namespace MLSegmentation.Cli.Tests;

/// <summary>
/// Small models in the forms that other exporters write, through the tool. Their image is dark (60), with a bright rectangle
/// (200) of 320 pixels, and their weights part the two.
/// </summary>
[TestClass]
public sealed class ForeignCasesTest
{
    private const string AsIs = "--preparation as-is";

    private static readonly ForeignCase[] _cases =
    [
        new("03-onnx-needs-normalisation/imagenet_norm.onnx", "--preparation imagenet-rgb", 1728, 320),
        new("04-onnx-one-channel-sigmoid/logit1.onnx", AsIs, 1728, 320),
        new("04-onnx-one-channel-sigmoid/logit1.onnx", $"{AsIs} --scores logits", 1728, 320),
        new("04-onnx-one-channel-sigmoid/sigmoid1.onnx", AsIs, 1728, 320),
        new("05-onnx-nhwc/nhwc.onnx", AsIs, 1728, 320),
        new("05-onnx-nhwc/nhwc_softmax_free.onnx", AsIs, 1728, 320),
        new("06-onnx-nhwc-output-silent/nchw_in_nhwc_out.onnx", AsIs, 1728, 320),
        new("07-onnx-instance-models-silent/features_first.onnx", AsIs, 1728, 320),
        new("07-onnx-instance-models-silent/features_first.onnx", $"{AsIs} --output logits", 1728, 320),
        new("08-onnx-external-data/external.onnx", AsIs, 1728, 320),
        new("09-onnx-fp16-uint8-argmax/argmax_nhw.onnx", $"{AsIs} --class-count 2", 1728, 320),
        new("09-onnx-fp16-uint8-argmax/fp16.onnx", AsIs, 1728, 320),
        new("09-onnx-fp16-uint8-argmax/uint8_nhwc.onnx", "", 1728, 320),
        new("10-onnx-multiple-of-32/unet32.onnx", AsIs, 28800, 1200) { Image = "b.png" },
        new("10-onnx-multiple-of-32/unet32.onnx", $"{AsIs} --size-multiple 32", 28800, 1200) { Image = "b.png" },
        new("10-onnx-multiple-of-32/unet32.onnx", $"{AsIs} --size-multiple 32 --sizing tiled", 28800, 1200) { Image = "b.png" },
        new("11-onnx-multilabel-threshold/multilabel.onnx", $"{AsIs} --threshold 0.5", 1728, 0, 320),
    ];

    private static IEnumerable<object[]> Cases => _cases.Select(one => new object[] { one.File, one.Options });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Segment_Case_HasTheRightPixels(string file, string options)
    {
        ForeignCase one = _cases.Single(one => (one.File, one.Options) == (file, options));
        using var folder = new TestFolder();

        ushort[] mask = Segment(one, folder);

        CollectionAssert.AreEqual(
            one.Pixels, Enumerable.Range(0, one.Pixels.Length).Select(label => mask.Count(value => value == label)).ToArray());
    }

    /// <summary>The sigmoids of the third class, which a softmax over all three would make a third of.</summary>
    [TestMethod]
    public void Segment_IndependentClasses_HaveTheSigmoidForConfidence()
    {
        using var folder = new TestFolder();
        ForeignCase one = _cases.Single(one => one.File.StartsWith("11-", StringComparison.Ordinal));

        ushort[] mask = Segment(one, folder, "--format", "png,confidence");

        ushort[] confidence = LabelImageReader.Read(folder["out", "a.confidence.png"]).Values;
        // 1 / (1 + e^-(200·3/30 - 11.75)) = 0.99974 on the rectangle, 1 / (1 + e^(60·3/60 - 6.375)) = 0.96690 beside it.
        for (int i = 0; i < mask.Length; i++)
            Assert.AreEqual(Math.Round(255 * (mask[i] == 2 ? 0.99974 : 0.96690)), confidence[i], 1.0);
    }

    /// <summary>Logits of a quarter of the size, interpolated with half-pixel centres before the arg-max.</summary>
    [TestMethod]
    public void Segment_LogitsOfAQuarter_AreInterpolatedBeforeTheArgMax()
    {
        var one = new ForeignCase("25-logits-not-interpolated/segformer.onnx", AsIs) { Image = "c.png" };
        using var folder = new TestFolder();

        ushort[] mask = Segment(one, folder);

        using MLImage image = MLImage.CreateFromFile(one.ImageFile);
        int wrong = QuarterLogits.Mask(image).Zip(mask).Count(pair => pair.First != pair.Second);
        Assert.IsLessThanOrEqualTo(mask.Length / 1000, wrong);
    }

    [TestMethod]
    [DataRow("03-onnx-needs-normalisation/imagenet_norm.onnx", "", "--preparation")]
    [DataRow("07-onnx-instance-models-silent/yoloseg.onnx", AsIs, "boxes")]
    [DataRow("09-onnx-fp16-uint8-argmax/argmax_nhw.onnx", AsIs, "--class-count")]
    [DataRow("09-onnx-fp16-uint8-argmax/uint8_nhwc.onnx", "--preparation zero-to-one", "as-is")]
    public void Segment_CaseThatLacksWhatItNeeds_SaysWhatInOneLine(string file, string options, string expected)
    {
        var one = new ForeignCase(file, options);
        using var folder = new TestFolder();

        Run(one, folder).RequireError(1, expected);

        Assert.IsFalse(File.Exists(folder["out", "a.png"]));
    }

    private static ushort[] Segment(ForeignCase one, TestFolder folder, params string[] more)
    {
        Run(one, folder, more).RequireDone();
        return LabelImageReader.Read(folder["out", one.Image]).Values;
    }

    private static MlsegResult Run(ForeignCase one, TestFolder folder, params string[] more) => Mlseg.Run(
        ["segment", "--model", one.ModelFile, "--images", one.ImageFile, "--out", folder["out"], .. one.Words, .. more]);
}

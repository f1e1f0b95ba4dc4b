using static MLSegmentation.ScoreKind;
using static MLSegmentation.TensorLayout;

namespace MLSegmentation.Tests;

/// <summary>What models that others exported tell, as their tables say.</summary>
[TestClass]
public sealed class SharedModelsTest
{
    [TestMethod]
    [DataRow("torchvision-lraspp.onnx", "out", Logits, ChannelsFirst, 21)]
    [DataRow("huggingface-segformer/model.onnx", "logits", Logits, ChannelsFirst, 19)]
    [DataRow("binary-sigmoid.onnx", "mask", Probabilities, ChannelsFirst, 1)]
    [DataRow("binary-logit.onnx", "logits", Logits, ChannelsFirst, 1)]
    [DataRow("multi-label-sigmoid.onnx", "probs", IndependentProbabilities, ChannelsFirst, 3)]
    [DataRow("float16.onnx", "y", Logits, ChannelsFirst, 4)]
    [DataRow("nhwc-uint8-labels.onnx", "labels", Labels, ChannelsLast, null)]
    [DataRow("keras-nhwc-softmax.onnx", "conv2d_2", Probabilities, ChannelsLast, 5)]
    [DataRow("external-weights.onnx", "conv2d_2", Probabilities, ChannelsLast, 5)]
    [DataRow("three-outputs.onnx", "logits", Logits, ChannelsFirst, 4)]
    [DataRow("paddleocr-text.onnx", "sigmoid_0.tmp_0", Probabilities, ChannelsFirst, 1)]
    public void Scores_ForeignModel_AreThoseOfTheTable(
        string file, string name, object kind, object layout, int? channels) =>
        Check(["foreign", file], name, kind, layout, channels);

    [TestMethod]
    [DataRow("03-onnx-needs-normalisation/imagenet_norm.onnx", "y", Logits, ChannelsFirst, 2)]
    [DataRow("04-onnx-one-channel-sigmoid/logit1.onnx", "y", Logits, ChannelsFirst, 1)]
    [DataRow("04-onnx-one-channel-sigmoid/sigmoid1.onnx", "y", Probabilities, ChannelsFirst, 1)]
    [DataRow("05-onnx-nhwc/nhwc.onnx", "y", Logits, ChannelsLast, 2)]
    [DataRow("05-onnx-nhwc/nhwc_softmax_free.onnx", "y", Probabilities, ChannelsLast, 2)]
    [DataRow("06-onnx-nhwc-output-silent/nchw_in_nhwc_out.onnx", "y", Logits, ChannelsLast, 2)]
    [DataRow("07-onnx-instance-models-silent/features_first.onnx", "logits", Logits, ChannelsFirst, 2)]
    [DataRow("08-onnx-external-data/external.onnx", "y", Logits, ChannelsFirst, 2)]
    [DataRow("09-onnx-fp16-uint8-argmax/argmax_nhw.onnx", "y", Labels, ChannelsFirst, null)]
    [DataRow("09-onnx-fp16-uint8-argmax/fp16.onnx", "y", Logits, ChannelsFirst, 2)]
    [DataRow("09-onnx-fp16-uint8-argmax/uint8_nhwc.onnx", "y", Logits, ChannelsFirst, 2)]
    [DataRow("10-onnx-multiple-of-32/unet32.onnx", "y", Logits, ChannelsFirst, 2)]
    [DataRow("11-onnx-multilabel-threshold/multilabel.onnx", "y", IndependentProbabilities, ChannelsFirst, 3)]
    [DataRow("25-logits-not-interpolated/segformer.onnx", "logits", Logits, ChannelsFirst, 4)]
    public void Scores_Case_AreThoseOfTheTable(string file, string name, object kind, object layout, int? channels) =>
        Check(["cases", file], name, kind, layout, channels);

    private static void Check(string[] path, string name, object kind, object layout, int? channels)
    {
        SegmentationOutput scores = OnnxModelSource.OfFile(SharedData.Require(path)).Info.Scores!;

        Assert.AreEqual((name, kind, channels, true), (scores.Name, scores.Kind, scores.Channels, scores.HasBatch));
        if (scores.ClassAxis is not null) Assert.AreEqual(layout, scores.Layout);
    }
}

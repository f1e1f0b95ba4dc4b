using Microsoft.ML.Data;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training.Tests;

/// <summary>Whatever the form of a model, it gives the same masks by options and adopted.</summary>
[TestClass]
public sealed class AdoptedFormsTest
{
    private static readonly (int Width, int Height)[] _sizes = [(ForeignForm.Width, ForeignForm.Height), (96, 64), (37, 51)];

    private static readonly ForeignForm _plain = new(), _fixed = new() { IsFixed = true, Batch = 1 };

    public static IEnumerable<object[]> Forms() => Named().Select(form => new object[] { form.Name, form.Form });

    private static IEnumerable<(string Name, ForeignForm Form)> Named()
    {
        foreach (ScoreKind kind in Enum.GetValues<ScoreKind>())
        {
            foreach (TensorLayout layout in Enum.GetValues<TensorLayout>())
            {
                foreach (bool isFixed in new[] { false, true })
                {
                    foreach (bool isCoarser in new[] { false, true })
                    {
                        yield return ($"{kind}, {layout}, fixed {isFixed}, coarser {isCoarser}", _plain with
                        {
                            Kind = kind,
                            InputLayout = layout,
                            OutputLayout = layout,
                            IsFixed = isFixed,
                            IsCoarser = isCoarser,
                            Batch = isFixed ? 1 : -1,
                        });
                    }
                }
            }
        }
        foreach (ScoreKind kind in new[] { ScoreKind.Logits, ScoreKind.Probabilities })
        {
            yield return ($"one channel, {kind}", _plain with { Kind = kind, Scores = 1 });
            yield return ($"one channel, {kind}, fixed", _fixed with { Kind = kind, Scores = 1 });
            yield return ($"one channel, {kind}, coarser", _plain with { Kind = kind, Scores = 1, IsCoarser = true });
            yield return ($"one channel, {kind}, NHWC", _plain with
            {
                Kind = kind,
                Scores = 1,
                InputLayout = TensorLayout.ChannelsLast,
                OutputLayout = TensorLayout.ChannelsLast,
            });
        }
        foreach (int operatorSet in new[] { 11, 12, 13, 17, 20 })
        {
            yield return ($"opset {operatorSet}", _plain with { OperatorSet = operatorSet });
            yield return ($"opset {operatorSet}, fixed, coarser", _fixed with { OperatorSet = operatorSet, IsCoarser = true });
            yield return ($"opset {operatorSet}, one channel", _plain with { OperatorSet = operatorSet, Scores = 1 });
            yield return ($"opset {operatorSet}, labels", _plain with
            {
                OperatorSet = operatorSet,
                Kind = ScoreKind.Labels,
                IsCoarser = true,
            });
            yield return ($"opset {operatorSet}, bytes without batch", _fixed with
            {
                OperatorSet = operatorSet,
                Type = OnnxElementType.UInt8,
                IsWithoutBatch = true,
            });
        }
        foreach (OnnxElementType type in new[] { OnnxElementType.Float16, OnnxElementType.UInt8 })
        {
            yield return ($"{type}", _plain with { Type = type });
            yield return ($"{type}, NHWC", _plain with { Type = type, InputLayout = TensorLayout.ChannelsLast });
        }
        foreach (int channels in new[] { 1, 4 }) yield return ($"{channels} channels", _plain with { Channels = channels });
        yield return ("without batch", _fixed with { IsWithoutBatch = true });
        yield return ("without batch, NHWC", _fixed with { IsWithoutBatch = true, OutputLayout = TensorLayout.ChannelsLast });
        yield return ("batch of 4", _fixed with { Batch = 4 });
        yield return ("names of ours", _plain with { Input = "mask", Inside = "probabilities", Output = "image" });
        yield return ("names of ours, as they are", _plain with { Input = "image", Inside = "mask", Output = "probabilities" });
        yield return ("two outputs", _plain with { Auxiliary = "mask" });
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Adopt_Form_GivesTheMasksOfTheOptions(string name, object form)
    {
        var foreign = (ForeignForm)form;
        double tolerance = foreign.Type == OnnxElementType.Float16 ? 0.01 : 0.001;
        bool hasConfidence = foreign.Kind != ScoreKind.Labels;
        byte[] model = foreign.Build();
        foreach (ImagePreparation preparation in PreparationsFor(foreign))
        {
            SegmentationModelOptions options = foreign.Options(preparation);
            byte[] adopted = SegmentationAdopter.Adopt(model, options);
            using var before = SegmentationModel.Load(model, options with { WithConfidence = hasConfidence });
            using var after = SegmentationModel.Load(adopted, new() { Threads = 1, WithConfidence = hasConfidence });

            Assert.AreEqual("segmentation", after.Info.Metadata.Task);
            foreach ((int width, int height) in _sizes)
            {
                using MLImage image = Paint(width, height);
                SegmentationResult first = before.Segment(image), second = after.Segment(image);
                uint[] expected = first.Mask.ToArray(), actual = second.Mask.ToArray();
                double wrong = expected.Zip(actual).Count(pair => pair.First != pair.Second) / (double)expected.Length;

                Assert.IsTrue(wrong <= tolerance, $"{name}, {preparation}, {width}x{height}: {wrong:P2} of the pixels differ.");
                Assert.IsGreaterThan(1, expected.Distinct().Count(), $"{name}: one class alone says nothing.");
                RequireClose(first.Confidence.Span, second.Confidence.Span, tolerance);
            }
        }
    }

    private static void RequireClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.AreEqual(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], tolerance);
    }

    private static ImagePreparation[] PreparationsFor(ForeignForm form)
    {
        if (form.Type == OnnxElementType.UInt8) return [ImagePreparation.AsIs];
        return form.Channels == 1
            ? [ImagePreparation.MinusOneToOne]
            : [ImagePreparation.ImageNetRgb, ImagePreparation.CaffeBgr with { Scale = 0.9, Deviation = [60] }];
    }

    private static MLImage Paint(int width, int height)
    {
        var random = new Random(width);
        var pixels = new byte[4 * width * height];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)((128 + (60 * Math.Sin((i % 4) + (i / 4 % width / 7.0)) * Math.Cos(i / 4 / width / 5.0)))
                + random.Next(-50, 50));
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
    }
}

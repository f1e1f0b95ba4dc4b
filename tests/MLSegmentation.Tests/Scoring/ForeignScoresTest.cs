using Microsoft.ML.Data;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Tests;

/// <summary>Scores in the forms that models from elsewhere answer: one form gives what another does.</summary>
[TestClass]
public sealed class ForeignScoresTest
{
    private const int Width = 21, Height = 15;

    private static readonly SegmentationModelOptions _logits = new()
    {
        Preparation = ImagePreparation.AsIs,
        Scores = ScoreKind.Logits,
        WithConfidence = true,
    };

    [TestMethod]
    [DataRow(true, true, DisplayName = "channels last")]
    [DataRow(false, false, DisplayName = "without batch")]
    [DataRow(true, false, DisplayName = "channels last, without batch")]
    public void Segment_OtherForm_IsTheSame(bool isChannelsLast, bool hasBatch)
    {
        var graph = new ScoreGraph { IsChannelsLast = isChannelsLast, HasBatch = hasBatch };
        foreach ((int Height, int Width)? size in new (int, int)?[] { (Height, Width), (12, 16) })
        {
            foreach (int planes in new[] { 1, 2, 3 })
            {
                SegmentationResult expected = Segment(new ScoreGraph { Planes = planes, Size = size }, _logits);

                AreEqual(expected, Segment(graph with { Planes = planes, Size = size }, _logits), 0, $"{planes}, {size}");
            }
        }
    }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(3, false)]
    [DataRow(3, true)]
    public void Segment_HalfPrecision_IsTheSameWithinItsRounding(int planes, bool isChannelsLast)
    {
        SegmentationResult whole = Segment(new ScoreGraph { Planes = planes }, _logits);

        SegmentationResult half = Segment(
            new ScoreGraph { Planes = planes, IsChannelsLast = isChannelsLast, Type = OnnxElementType.Float16 }, _logits);

        // The logits go up to 12, of which half precision keeps 10 bits.
        for (int i = 0; i < whole.Mask.Length; i++)
        {
            if (whole.Mask.Span[i] == half.Mask.Span[i])
                Assert.AreEqual(whole.Confidence.Span[i], half.Confidence.Span[i], 0.01f, $"{i}");
            else Assert.IsLessThan(0.51f, whole.Confidence.Span[i], $"{i}");
        }
    }

    [TestMethod]
    public void Segment_FixedBatch_IsTheFirstImage()
    {
        var graph = new ScoreGraph { Size = (Height, Width) };

        AreEqual(Segment(graph, _logits), Segment(graph with { Batch = 2 }, _logits), 0, "a batch of 2");
        AreEqual(
            Segment(graph, _logits with { Sizing = ImageSizing.Tiled }),
            Segment(graph with { Batch = 2 }, _logits with { Sizing = ImageSizing.Tiled }), 0, "tiles");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Segment_OneChannel_IsTwoWhoseFirstIsZero(int pool)
    {
        var one = new ScoreGraph { Planes = 1, Pool = pool };
        foreach (SegmentationModelOptions options in Ways(_logits))
        {
            AreEqual(
                Segment(one with { Zeros = 1 }, options), Segment(one, options), 1e-5f,
                $"{options.Sizing}, {options.MaskSize}, {options.TestTimeAugmentation}");
        }
    }

    [TestMethod]
    public void Segment_OneChannelOfProbabilities_IsThatOfItsLogits()
    {
        var graph = new ScoreGraph { Planes = 1 };
        SegmentationModelOptions probabilities = _logits with { Scores = ScoreKind.Probabilities };

        AreEqual(Segment(graph, _logits), Segment(graph with { Activation = "Sigmoid" }, probabilities), 1e-6f, "0.5");
        AreEqual(
            Segment(graph, _logits with { Threshold = 0.9f }),
            Segment(graph with { Activation = "Sigmoid" }, probabilities with { Threshold = 0.9f }), 1e-6f, "0.9");
    }

    [TestMethod]
    public void Segment_IndependentClasses_AreTheBestSigmoid()
    {
        SegmentationModelOptions independent = _logits with { Scores = ScoreKind.IndependentLogits };
        var graph = new ScoreGraph();
        SegmentationResult logits = Segment(graph, independent), softmax = Segment(graph, _logits);

        CollectionAssert.AreEqual(softmax.Mask.ToArray(), logits.Mask.ToArray());
        AreEqual(
            logits,
            Segment(graph with { Activation = "Sigmoid" }, independent with { Scores = ScoreKind.IndependentProbabilities }),
            1e-6f, "probabilities");
        using MLImage image = Image();
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < logits.Mask.Length; i++)
        {
            // Of class 0: red less a third of green, and 0.47.
            if (logits.Mask.Span[i] != 1) continue;
            double logit = ((pixels[4 * i] - (pixels[(4 * i) + 1] / 3.0)) / 32) + 0.47;
            Assert.AreEqual(NaiveScores.Sigmoid(logit), logits.Confidence.Span[i], 1e-5, $"{i}");
        }
    }

    [TestMethod]
    [DataRow(ScoreKind.Logits)]
    [DataRow(ScoreKind.IndependentLogits)]
    public void Segment_ScoresOfEachPixel_AreTheSameEveryWay(ScoreKind kind)
    {
        SegmentationResult plain = Segment(new ScoreGraph(), _logits with { Scores = kind });

        foreach (SegmentationModelOptions options in Ways(_logits with { Scores = kind }))
            AreEqual(plain, Segment(new ScoreGraph(), options), 1e-5f, $"{options}");
    }

    [TestMethod]
    [DataRow(ScoreKind.Logits, 1)]
    [DataRow(ScoreKind.Logits, 3)]
    [DataRow(ScoreKind.IndependentLogits, 3)]
    public void Segment_CoarserScoresInOneTile_AreThoseOfTheWhole(ScoreKind kind, int planes)
    {
        var graph = new ScoreGraph { Planes = planes, Pool = 2 };
        SegmentationModelOptions options = _logits with { Scores = kind, SizeMultiple = 2 };

        AreEqual(Segment(graph, options), Segment(graph, options with { Sizing = ImageSizing.Tiled }), 1e-5f, $"{kind}");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Segment_LabelsOfAFixedSizeInOneView_AreThoseOfTheWhole(int pool)
    {
        var graph = new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64, Pool = pool, Size = (16, 16) };
        var oneView = new TestTimeAugmentationOptions { HorizontalFlip = false };

        CollectionAssert.AreEqual(
            Segment(graph, Labels(3)).Mask.ToArray(),
            Segment(graph, Labels(3) with { TestTimeAugmentation = oneView }).Mask.ToArray());
    }

    [TestMethod]
    public void Segment_IndependentClassesBelowTheThreshold_AreNone()
    {
        SegmentationModelOptions independent = _logits with { Scores = ScoreKind.IndependentLogits };
        SegmentationResult all = Segment(new ScoreGraph(), independent),
            rejected = Segment(new ScoreGraph(), independent with { Threshold = 0.9f });

        uint[] expected = [.. all.Mask.ToArray().Zip(all.Confidence.ToArray(), (key, value) => value < 0.9f ? 0 : key)];
        CollectionAssert.Contains(expected, 0u);
        CollectionAssert.AreEqual(expected, rejected.Mask.ToArray());
    }

    [TestMethod]
    [DataRow(OnnxElementType.UInt8)]
    [DataRow((OnnxElementType)3, DisplayName = "Int8")]
    [DataRow((OnnxElementType)4, DisplayName = "UInt16")]
    [DataRow((OnnxElementType)5, DisplayName = "Int16")]
    [DataRow((OnnxElementType)6, DisplayName = "Int32")]
    [DataRow(OnnxElementType.Int64)]
    [DataRow((OnnxElementType)12, DisplayName = "UInt32")]
    [DataRow((OnnxElementType)13, DisplayName = "UInt64")]
    [DataRow(OnnxElementType.Float)]
    [DataRow(OnnxElementType.Float16)]
    [DataRow((OnnxElementType)11, DisplayName = "Double")]
    public void Segment_LabelsOfAnyType_AreTheBestClasses(OnnxElementType type)
    {
        SegmentationResult scores = Segment(new ScoreGraph(), _logits);
        foreach (ScoreGraph form in new[]
        {
            new ScoreGraph { AreLabels = true, Type = type },
            new ScoreGraph { AreLabels = true, Type = type, KeepsAxis = true },
            new ScoreGraph { AreLabels = true, Type = type, KeepsAxis = true, IsChannelsLast = true },
            new ScoreGraph { AreLabels = true, Type = type, HasBatch = false },
        })
        {
            foreach (SegmentationModelOptions options in Ways(Labels(3)))
                CollectionAssert.AreEqual(scores.Mask.ToArray(), Segment(form, options).Mask.ToArray(), $"{form}, {options}");
        }
    }

    [TestMethod]
    public void Segment_CoarserLabelsInOneTileOrView_AreTheNearestAsOfTheWhole()
    {
        // One label for three by three pixels: bilinear votes would give other borders.
        var graph = new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64, Pool = 3 };
        SegmentationModelOptions labels = Labels(3) with { SizeMultiple = 3 };
        SegmentationResult whole = Segment(graph, labels);

        foreach (SegmentationModelOptions options in new[]
        {
            labels with { Sizing = ImageSizing.Tiled },
            labels with { TestTimeAugmentation = new TestTimeAugmentationOptions { HorizontalFlip = false } },
        })
            CollectionAssert.AreEqual(whole.Mask.ToArray(), Segment(graph, options).Mask.ToArray(), $"{options.Sizing}");
    }

    [TestMethod]
    public void Segment_BooleanLabels_AreBackgroundAndForeground()
    {
        SegmentationModelOptions options = new() { Preparation = ImagePreparation.AsIs };
        var graph = new ScoreGraph { Planes = 1, Zeros = 1, AreLabels = true, Type = (OnnxElementType)9 };

        using var model = SegmentationModel.Load(graph.ToModel(), options);

        CollectionAssert.AreEqual(new[] { "background", "foreground" }, model.ClassNames.ToArray());
        CollectionAssert.AreEqual(
            Segment(graph with { AreLabels = false, Type = OnnxElementType.Float }, _logits).Mask.ToArray(),
            Segment(graph, options).Mask.ToArray());
    }

    [TestMethod]
    public void Segment_LabelsBeyondTheClasses_AreNoClass()
    {
        SegmentationResult all = Segment(new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 }, Labels(3)),
            two = Segment(new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 }, Labels(2));
        uint[] expected = [.. all.Mask.ToArray().Select(key => key > 2 ? 0 : key)];

        CollectionAssert.Contains(expected, 0u);
        CollectionAssert.AreEqual(expected, two.Mask.ToArray());
        foreach (SegmentationModelOptions options in Ways(Labels(2)))
        {
            CollectionAssert.AreEqual(
                expected, Segment(new ScoreGraph { AreLabels = true, Type = OnnxElementType.Int64 }, options).Mask.ToArray());
        }
    }

    [TestMethod]
    [DataRow(ScoreKind.Logits, 3)]
    [DataRow(ScoreKind.Logits, 1)]
    [DataRow(ScoreKind.IndependentLogits, 3)]
    public void Segment_CoarserLogits_AreInterpolatedAsNaiveCodeDoes(ScoreKind kind, int planes)
    {
        // Of every second pixel of the network's 16×12: the image is stretched to that, and its mask back.
        SegmentationModelOptions options = _logits with { Scores = kind };
        var graph = new ScoreGraph { Planes = planes, Pool = 2, Size = (12, 16) };
        SegmentationResult result = Segment(graph, options);
        var geometry = ImageGeometry.For(Width, Height, ImageSizing.Stretch, 16, 12);
        float[] scores = Answer(graph, geometry);
        for (int i = 0; i < result.Mask.Length; i++)
        {
            double[] logits = NaiveScores.At(scores, 6, 8, geometry, i % Width, i / Width);
            double[] probabilities = planes == 1 ? [1 - NaiveScores.Sigmoid(logits[0]), NaiveScores.Sigmoid(logits[0])]
                : kind == ScoreKind.Logits ? NaiveScores.Softmax(logits)
                : [.. logits.Select(NaiveScores.Sigmoid)];
            Assert.AreEqual(probabilities.Max(), probabilities[result.Mask.Span[i] - 1], 1e-5, $"{i}");
            Assert.AreEqual(probabilities[result.Mask.Span[i] - 1], result.Confidence.Span[i], 1e-4, $"{i}");
        }
    }

    /// <summary>Ways to segment that give one mask where a class is a matter of one pixel alone.</summary>
    private static IEnumerable<SegmentationModelOptions> Ways(SegmentationModelOptions options) =>
    [
        options,
        options with { MaskSize = MaskSize.Network },
        options with { Sizing = ImageSizing.Tiled },
        options with { Sizing = ImageSizing.Tiled, ImageWidth = 8, ImageHeight = 8 },
        options with { TestTimeAugmentation = new TestTimeAugmentationOptions() },
    ];

    private static SegmentationModelOptions Labels(int classes) => new()
    {
        Preparation = ImagePreparation.AsIs,
        Scores = ScoreKind.Labels,
        Classes = classes,
    };

    private static MLImage Image() => TestImages.Image(Width, Height, seed: 12);

    private static SegmentationResult Segment(ScoreGraph graph, SegmentationModelOptions options)
    {
        using var model = SegmentationModel.Load(graph.ToModel(), options);
        using MLImage image = Image();
        return model.Segment(image);
    }

    /// <summary>What a graph answers to the image.</summary>
    private static float[] Answer(ScoreGraph graph, ImageGeometry geometry)
    {
        byte[] model = graph.ToModel();
        using MLImage image = Image();
        var tensor = new float[3 * geometry.TensorHeight * geometry.TensorWidth];
        ImageTensor.Fill(image, geometry, PixelScaling.AsIs(3), tensor);
        using var session = OnnxSession.Open(
            OnnxModelSource.Of(model), OnnxModelInfo.FromBytes(model), output: null, scores: null, TestGraphs.OneThread,
            ExecutionDevice.Cpu, "owner");
        using OnnxResults results = session.Run(tensor, 1, geometry.TensorHeight, geometry.TensorWidth, [ScoreGraph.Output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void AreEqual(SegmentationResult expected, SegmentationResult actual, float tolerance, string what)
    {
        Assert.AreEqual((expected.Width, expected.Height), (actual.Width, actual.Height), what);
        CollectionAssert.AreEqual(expected.Mask.ToArray(), actual.Mask.ToArray(), what);
        for (int i = 0; i < expected.Confidence.Length; i++)
            Assert.AreEqual(expected.Confidence.Span[i], actual.Confidence.Span[i], tolerance, $"{what}: {i}");
    }
}

using Microsoft.ML;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>A network that knows the brightness of pixels, and images whose labels say what is right.</summary>
[TestClass]
public sealed class ScoringSearchTest
{
    private const int Side = 24, Images = 10;

    [TestMethod]
    public void Run_ObjectsThatTheNetworkIsShyOf_ChoosesTheirThreshold()
    {
        // Objects have a probability of 0.3 to 0.5, the rest less than 0.2.
        ScoringChoice choice = Search((random, isObject) => isObject ? 0.3 + 0.2 * random : 0.2 * random, _ => 0);

        Assert.IsTrue(choice.Threshold is >= 0.2f and <= 0.3f, $"{choice.Threshold}");
        Assert.AreEqual(0, choice.MinRegionPixels);
        StringAssert.StartsWith(choice.Reasons[0], "The threshold is 0.");
        StringAssert.Contains(choice.Reasons[0], "on 10 images held back");
    }

    [TestMethod]
    public void Run_NothingToGain_LeavesBothAndSaysSo()
    {
        ScoringChoice choice = Search((random, isObject) => isObject ? 0.6 + 0.3 * random : 0.4 * random, _ => 0);

        Assert.IsNull(choice.Threshold);
        Assert.AreEqual(0, choice.MinRegionPixels);
        CollectionAssert.AreEqual(
            new[]
            {
                "The threshold stays 0.5: nothing is better on 10 images held back.",
                "The smallest region stays none: nothing is better on 10 images held back.",
            },
            choice.Reasons.ToArray());
    }

    [TestMethod]
    public void Run_SpecksBesideObjects_ChoosesASmallestRegion()
    {
        // Every image has specks of 3 pixels in a row, as bright as the object of 64.
        ScoringChoice choice = Search((random, isObject) => isObject ? 0.6 + 0.3 * random : 0.4 * random, image => 4 + image % 3);

        Assert.IsTrue(choice.MinRegionPixels is > 3 and <= 64, $"{choice.MinRegionPixels}");
        StringAssert.StartsWith(choice.Reasons[1], $"The smallest region is {choice.MinRegionPixels} pixels");
    }

    [TestMethod]
    public void Run_ToldOtherwise_LooksForNeither()
    {
        ScoringChoice choice = Search(
            (_, _) => 0.4, _ => 5, given: new SegmentImageOptions { Threshold = 0.5f, MinRegionPixels = 0 });

        Assert.AreEqual((null, 0, 0), (choice.Threshold, choice.MinRegionPixels, choice.Reasons.Count));
    }

    /// <summary>At the threshold that is given specks of 0.3 are there, and at 0.5 they would not be.</summary>
    [TestMethod]
    public void Run_ThresholdGiven_ChoosesTheRegionOfItsMasks()
    {
        static double Probability(double random, bool isObject) => isObject ? 0.3 + 0.1 * random : 0.15 * random;

        ScoringChoice usual = Search(Probability, image => 4 + image % 3, given: new SegmentImageOptions { Threshold = 0.5f }),
            given = Search(Probability, image => 4 + image % 3, given: new SegmentImageOptions { Threshold = 0.25f });

        Assert.AreEqual(0, usual.MinRegionPixels);
        Assert.IsNull(given.Threshold);
        Assert.IsTrue(given.MinRegionPixels is > 3 and <= 64, $"{given.MinRegionPixels}");
    }

    /// <summary>Small regions become the first class, which is of no use where that is one among others.</summary>
    [TestMethod]
    public void Run_FirstClassIsNotTheGround_ChoosesNoSmallestRegion()
    {
        ScoringChoice choice = Search(
            (random, isObject) => isObject ? 0.4 * random : 0.6 + 0.3 * random, image => 4 + image % 3, ["Sky", "Road"],
            first: 1);

        Assert.AreEqual(0, choice.MinRegionPixels);
        StringAssert.Contains(choice.Reasons[^1], "neither the largest nor called background");
    }

    private static ScoringChoice Search(
        Func<double, bool, double> probability, Func<int, int> specks, string[]? classNames = null,
        SegmentImageOptions? given = null, int first = 0)
    {
        using var scope = NewDisposeScope();
        using TorchNetwork network = Logit();
        return new ScoringSearch(network, classNames ?? ["background", "object"], given ?? new SegmentImageOptions()).Run(
            Source(probability, specks, first).ValidationBatches(4, default), new BatchParts(Assert.Fail));
    }

    /// <summary>The logits (0, (gray - 128) / 32).</summary>
    private static TorchNetwork Logit()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        var score = new Conv2D(2, 1);
        var network = new TorchNetwork(new LayerGraph("gray", [image], [score.Apply(image)]));
        using var noGradients = no_grad();
        network.WeightsOf(score)[0].zero_();
        network.WeightsOf(score)[0][1] = 1f / 96;
        network.WeightsOf(score)[1].zero_();
        network.WeightsOf(score)[1][1] = -4;
        return network;
    }

    private static SampleSource Source(Func<double, bool, double> probability, Func<int, int> specks, int first)
    {
        IDataView view = NumberedRows.Of(Enumerable.Range(0, Images));
        var reader = new NumberedRows(number => Make(number, probability, specks, first));
        return new SampleSource(view, view, reader, 0, 1 << 24, 1, default);
    }

    /// <summary>An object of 8 by 8 pixels, and specks below it that are labelled as none.</summary>
    private static TrainingSample Make(int number, Func<double, bool, double> probability, Func<int, int> specks, int first)
    {
        var random = new Random(number);
        (int left, int top) = (random.Next(1, 15), random.Next(1, 4));
        var pixels = new byte[3 * Side * Side];
        var labels = new byte[Side * Side];
        for (int i = 0; i < labels.Length; i++)
        {
            (int x, int y) = (i % Side, i / Side);
            bool isObject = x >= left && x < left + 8 && y >= top && y < top + 8;
            int speck = y - 14;
            bool isSpeck = speck >= 0 && speck % 2 == 0 && speck / 2 < specks(number) && x is >= 3 and < 6;
            labels[i] = (byte)(isObject ? 1 - first : first);
            double p = Math.Clamp(probability(random.NextDouble(), isObject || isSpeck), 0.02, 0.98);
            pixels.AsSpan(3 * i, 3).Fill((byte)Math.Round(128 + 32 * Math.Log(p / (1 - p))));
        }
        return new TrainingSample(Side, Side, pixels, labels) { Row = number };
    }
}

using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SegmentationLossTest
{
    private const int Images = 2, Classes = 3, Height = 4, Width = 5, Pixels = Height * Width;

    public static IEnumerable<object[]> Terms() =>
    [
        ["ce", Only("ce")],
        ["ce smoothed", Only("ce", new() { LabelSmoothing = 0.2 })],
        ["dice", Only("dice")],
        ["focal", Only("focal")],
        ["lovasz", Only("lovasz")],
        ["lovasz per image", Only("lovasz", new() { LovaszPerImage = true })],
        ["tversky", Only("tversky")],
        ["ohem", Only("ohem", new() { OhemFraction = 0, OhemThreshold = 0.5 })],
    ];

    /// <summary>
    /// The Lovász extension by its definition: of a set function, the mean over all levels of its value at the errors above the
    /// level. Here the function is 1 - IoU where a set of pixels is wrong: their number, by that of the class and them together.
    /// </summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Compute_Lovasz_IsTheMeanOverAllLevels(bool perImage)
    {
        float[] logits = Logits(1);
        byte[] labels = Labels(2);
        double[] probabilities = Softmax(logits);
        int[][] sets = perImage ? [[0], [1]] : [[0, 1]];
        double expected = sets.Average(images => Enumerable.Range(0, Classes).Select(index => ByLevels(
            [.. from image in images from pixel in Enumerable.Range(0, Pixels)
                where labels[image * Pixels + pixel] != TrainingSample.Ignored
                let isOf = labels[image * Pixels + pixel] == index
                select (isOf, Math.Abs((isOf ? 1 : 0) - probabilities[(image * Classes + index) * Pixels + pixel]))]))
            .Where(loss => !double.IsNaN(loss)).Average());

        Assert.AreEqual(expected, Compute(logits, labels, Only("lovasz", new() { LovaszPerImage = perImage })), 1e-5);
    }

    [TestMethod]
    public void Compute_LovaszOfCertainPredictions_IsOneLessTheIoU()
    {
        byte[] labels = Labels(3), predicted = Labels(4);
        var matrix = new PixelConfusionMatrix(Classes);
        matrix.Add(Keys(labels), [.. predicted.Select(label => label == TrainingSample.Ignored ? 1u : label + 1u)]);
        double iou = new SegmentationMetrics(matrix, ["a", "b", "c"]).MeanIoU;
        var logits = new float[Images * Classes * Pixels];
        for (int i = 0; i < predicted.Length; i++)
        {
            int best = predicted[i] == TrainingSample.Ignored ? 0 : predicted[i];
            logits[(i / Pixels * Classes + best) * Pixels + i % Pixels] = 60;
        }

        Assert.AreEqual(1 - iou, Compute(logits, labels, Only("lovasz")), 1e-5);
    }

    [TestMethod]
    public void Compute_LovaszOfAClassThatIsNowhere_LeavesItOut()
    {
        // Class 1 alone, one pixel of two found for sure; the other is of class 0 for sure: 1 - IoU of class 1 is 1/2.
        float[] logits = [0, 60, 60, 0];

        Assert.AreEqual(
            0.5, Compute(tensor(logits, [1, 2, 1, 2]), tensor(new byte[] { 1, 1 }, [1, 1, 2]), Only("lovasz")), 1e-6);
    }

    [TestMethod]
    public void Compute_TverskyOfHalves_IsDice()
    {
        float[] logits = Logits(5);
        byte[] labels = Labels(6);

        Assert.AreEqual(
            Compute(logits, labels, Only("dice")),
            Compute(logits, labels, Only("tversky", new() { TverskyAlpha = 0.5, TverskyBeta = 0.5 })), 1e-6);
    }

    [TestMethod]
    public void Compute_Tversky_WeighsWrongAndMissedPixels()
    {
        // Probabilities of class 0: 3/4 and 1/4, labels 0 and 0. Class 0: 1 found, 0 wrongly, 1 missed. Class 1: none of it is
        // right, 1 is wrong. Half a pixel is added to both sides.
        float[] logits = [MathF.Log(3), 0, 0, MathF.Log(3)];
        double expected = 1 - ((1 + 0.5) / (1 + 0.8 * 1 + 0.5) + 0.5 / (0.2 * 1 + 0.5)) / 2;

        double loss = Compute(
            tensor(logits, [1, 2, 1, 2]), tensor(new byte[] { 0, 0 }, [1, 1, 2]),
            Only("tversky", new() { TverskyAlpha = 0.2, TverskyBeta = 0.8 }));

        Assert.AreEqual(expected, loss, 1e-6);
    }

    [TestMethod]
    [DataRow(0.2, 0.0, DisplayName = "a fifth of the pixels")]
    [DataRow(0.1, 0.4, DisplayName = "those below a probability")]
    [DataRow(1.0, 0.0, DisplayName = "all")]
    [DataRow(0.0, 0.0, DisplayName = "one")]
    public void Compute_HardPixels_IsTheMeanOfTheHardest(double fraction, double threshold)
    {
        float[] logits = Logits(7), classWeights = [1, 2, 0.5f];
        byte[] labels = Labels(8);
        double[] probabilities = Softmax(logits);
        var losses = (from i in Enumerable.Range(0, labels.Length)
                      where labels[i] != TrainingSample.Ignored
                      let known = probabilities[(i / Pixels * Classes + labels[i]) * Pixels + i % Pixels]
                      orderby known
                      select (Loss: -Math.Log(known), Weight: classWeights[labels[i]], IsBelow: known < threshold)).ToList();
        int least = Math.Max((int)Math.Ceiling(fraction * labels.Length), 1);
        var hardest = losses.Where((one, index) => index < least || one.IsBelow).ToList();

        double loss = Compute(
            logits, labels, Only("ohem", new() { OhemFraction = fraction, OhemThreshold = threshold }), classWeights);

        Assert.AreEqual(hardest.Sum(one => one.Weight * one.Loss) / hardest.Sum(one => one.Weight), loss, 1e-5);
    }

    [TestMethod]
    public void Compute_Sum_IsTheTermsTimesTheirFactors()
    {
        float[] logits = Logits(9);
        byte[] labels = Labels(10);
        (string Term, double Factor)[] terms =
            [("ce", 0.5), ("dice", 2), ("focal", 1), ("lovasz", 3), ("tversky", 0.25), ("ohem", 4)];
        var sum = new SegmentationLossOptions { CrossEntropy = 0.5, Dice = 2, Focal = 1, Lovasz = 3, Tversky = 0.25, Ohem = 4 };

        double loss = Compute(logits, labels, sum);

        Assert.AreEqual(terms.Sum(one => one.Factor * Compute(logits, labels, Only(one.Term))), loss, 1e-5);
    }

    [TestMethod]
    [DynamicData(nameof(Terms))]
    public void Compute_Gradient_IsTheDifferenceOfLosses(string name, SegmentationLossOptions options)
    {
        const float Step = 0.01f;
        using var scope = NewDisposeScope();
        float[] logits = Logits(11);
        byte[] labels = Labels(12);
        var loss = new SegmentationLoss([1, 2, 0.5f], options);
        Tensor scores = Map(logits).requires_grad_();
        loss.Compute(scores, Map(labels)).backward();
        float[] gradient = [.. scores.grad!.contiguous().data<float>()];

        for (int i = 0; i < logits.Length; i += 7)
        {
            double At(float change)
            {
                float[] moved = [.. logits];
                moved[i] += change;
                return loss.Compute(Map(moved), Map(labels)).item<float>();
            }
            Assert.AreEqual((At(Step) - At(-Step)) / (2 * Step), gradient[i], 3e-4, $"{name}, logit {i}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Terms))]
    public void Compute_IgnoredPixels_AreAsIfTheyWereNotThere(string name, SegmentationLossOptions options)
    {
        using var scope = NewDisposeScope();
        float[] logits = Logits(13);
        byte[] labels = Labels(14);
        // The last rows of both images, whose labels are ignored, and without them.
        for (int i = 0; i < labels.Length; i++)
        {
            if (i % Pixels >= 3 * Width) labels[i] = TrainingSample.Ignored;
        }
        var loss = new SegmentationLoss([1, 2, 0.5f], options);
        Tensor scores = Map(logits).requires_grad_();

        Tensor all = loss.Compute(scores, Map(labels));
        all.backward();
        Tensor without = loss.Compute(Map(logits)[.., .., ..3], Map(labels)[.., ..3]);

        Assert.AreEqual(without.item<float>(), all.item<float>(), 1e-6, name);
        Assert.AreEqual(0, scores.grad![.., .., 3..].abs().max().item<float>(), name);
    }

    [TestMethod]
    [DynamicData(nameof(Terms))]
    public void Compute_EveryPixelIgnored_IsAConstant(string name, SegmentationLossOptions options)
    {
        using var scope = NewDisposeScope();
        Tensor scores = Map(Logits(15)).requires_grad_();
        byte[] labels = [.. Enumerable.Repeat(TrainingSample.Ignored, Images * Pixels)];

        Tensor loss = new SegmentationLoss([1, 2, 1], options).Compute(scores, Map(labels));
        loss.backward();

        Assert.AreEqual(0, loss.item<float>(), name);
        Assert.AreEqual(0, scores.grad!.abs().max().item<float>(), name);
    }

    [TestMethod]
    [DynamicData(nameof(Terms))]
    public void Compute_LabelsOfBytesOrOf64Bits_IsTheSame(string name, SegmentationLossOptions options)
    {
        using var scope = NewDisposeScope();
        Tensor logits = Map(Logits(16)), labels = Map(Labels(17));
        var loss = new SegmentationLoss([1, 2, 0.5f], options);

        Assert.AreEqual(
            loss.Compute(logits, labels).item<float>(), loss.Compute(logits, labels.to(int64)).item<float>(), name);
    }

    [TestMethod]
    [DataRow(-1.0, 1.0)]
    [DataRow(double.NaN, 1.0)]
    [DataRow(0.0, 0.0)]
    public void Validate_FactorsOfTversky_AreAtLeastZeroAndNotBoth(double alpha, double beta) =>
        Assert.ThrowsExactly<ArgumentException>(
            () => new SegmentationLossOptions { TverskyAlpha = alpha, TverskyBeta = beta }.Validate());

    [TestMethod]
    public void Validate_PartsOfHardPixels_AreZeroToOne()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SegmentationLossOptions { OhemFraction = 1.1 }.Validate());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SegmentationLossOptions { OhemThreshold = -0.1 }.Validate());
    }

    /// <summary>One term alone: what its name does not say is off.</summary>
    private static SegmentationLossOptions Only(string term) => Only(term, new());

    private static SegmentationLossOptions Only(string term, SegmentationLossOptions options)
    {
        double Factor(string name) => name == term ? 1 : 0;
        return options with
        {
            CrossEntropy = Factor("ce"),
            Dice = Factor("dice"),
            Focal = Factor("focal"),
            Lovasz = Factor("lovasz"),
            Tversky = Factor("tversky"),
            Ohem = Factor("ohem"),
        };
    }

    private static double ByLevels((bool IsOf, double Error)[] pixels)
    {
        int ofClass = pixels.Count(pixel => pixel.IsOf);
        if (ofClass == 0) return double.NaN;
        double sum = 0, before = 0;
        foreach (double level in pixels.Select(pixel => pixel.Error).Where(error => error > 0).Distinct().Order())
        {
            var wrong = pixels.Where(pixel => pixel.Error >= level).ToList();
            sum += (level - before) * wrong.Count / (ofClass + wrong.Count(pixel => !pixel.IsOf));
            before = level;
        }
        return sum;
    }

    private static double Compute(float[] logits, byte[] labels, SegmentationLossOptions options, float[]? classWeights = null)
    {
        using var scope = NewDisposeScope();
        return Compute(Map(logits), Map(labels), options, classWeights);
    }

    private static double Compute(Tensor logits, Tensor labels, SegmentationLossOptions options, float[]? classWeights = null)
    {
        using var scope = NewDisposeScope();
        classWeights ??= [.. Enumerable.Repeat(1f, (int)logits.shape[1])];
        return new SegmentationLoss(classWeights, options).Compute(logits, labels).item<float>();
    }

    private static Tensor Map(float[] logits) => tensor(logits, [Images, Classes, Height, Width]);

    private static Tensor Map(byte[] labels) => tensor(labels, [Images, Height, Width]);

    private static float[] Logits(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Images * Classes * Pixels).Select(_ => 4 * random.NextSingle() - 2)];
    }

    private static byte[] Labels(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Images * Pixels).Select(_ => random.Next(5))
            .Select(label => label < Classes ? (byte)label : label == Classes ? (byte)0 : TrainingSample.Ignored)];
    }

    private static uint[] Keys(byte[] labels) => [.. labels.Select(label => label == TrainingSample.Ignored ? 0u : label + 1u)];

    private static double[] Softmax(float[] logits)
    {
        var probabilities = new double[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            int first = i / (Classes * Pixels) * Classes * Pixels + i % Pixels;
            double sum = Enumerable.Range(0, Classes).Sum(index => Math.Exp(logits[first + index * Pixels]));
            probabilities[i] = Math.Exp(logits[i]) / sum;
        }
        return probabilities;
    }
}

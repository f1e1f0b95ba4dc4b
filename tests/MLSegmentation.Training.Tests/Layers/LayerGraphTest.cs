using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class LayerGraphTest
{
    [TestMethod]
    public void Summary_Autoencoder_IsTheTableKerasUsersKnow()
    {
        string[] lines = ConvolutionalAutoencoder.Create().Summary().Split('\n');

        Assert.AreEqual("Model: \"cae\"", lines[0]);
        StringAssert.StartsWith(lines[2], " Layer (type)");
        CollectionAssert.Contains(Cells(lines), "encoder_conv1 (Conv2D)|(None, 14, 14, 32)|320|scale");
        CollectionAssert.Contains(Cells(lines), "latent (Conv2D)|(None, 1, 1, 2)|6,274|encoder_conv2");
        CollectionAssert.Contains(Cells(lines), "decoder_conv3 (Conv2DTranspose)|(None, 28, 28, 1)|1,569|decoder_conv2");
        CollectionAssert.Contains(lines, "Total params: 51,459");
        CollectionAssert.Contains(lines, "Trainable params: 51,459");
        CollectionAssert.Contains(lines, "Non-trainable params: 0");
    }

    [TestMethod]
    public void CountFlops_OneConvolution_IsTwoForEachMultiplication()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, 28, 28));
        var graph = new LayerGraph("one", [image], [new Conv2D(32, 3) { Stride = 2 }.Apply(image)]);

        // 14 x 14 positions, 32 filters of 3 x 3 x 1.
        Assert.AreEqual(2L * 14 * 14 * 32 * 9, graph.CountFlops(image.Shape));
    }

    [TestMethod]
    public void ParameterCount_FrozenAndNormalised_SeparatesWhatIsTrained()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));
        var frozen = new Conv2D(4, 3) { IsTrainable = false };
        SymbolicTensor output = new BatchNormalization().Apply(frozen.Apply(image));
        var graph = new LayerGraph("frozen", [image], [output]);

        Assert.AreEqual(4 * 27 + 4 + 4 * 4, graph.ParameterCount);
        Assert.AreEqual(4 + 4, graph.TrainableParameterCount);
    }

    [TestMethod]
    public void NameOf_LayersWithoutNames_FollowsKeras()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, 8, 8));
        SymbolicTensor a = new Conv2D(1, 3).Apply(image), b = new Conv2D(1, 3).Apply(a),
            c = new UpSampling2D(2).Apply(new MaxPool2D(2).Apply(b));
        SymbolicTensor d = new Conv2DTranspose(1, 3).Apply(c), e = new Relu().Apply(a + d);
        var graph = new LayerGraph("names", [image], [e]);

        string[] expected = ["image", "conv2d", "conv2d_1", "max_pooling2d", "up_sampling2d", "conv2d_transpose", "add", "re_lu"];
        CollectionAssert.AreEquivalent(expected, graph.Nodes.Select(graph.NameOf).ToArray());
    }

    [TestMethod]
    public void Apply_SharedLayer_CountsItsWeightsOnce()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, 8, 8));
        var shared = new Conv2D(1, 3);
        var graph = new LayerGraph("shared", [image], [shared.Apply(shared.Apply(image))]);

        Assert.AreEqual(10, graph.ParameterCount);
    }

    [TestMethod]
    public void Add_DifferentShapes_NamesLayerAndBothShapes()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));
        SymbolicTensor half = new MaxPool2D(2).Apply(image);

        var error = Assert.ThrowsExactly<ArgumentException>(() => new Add { Name = "skip" }.Apply(image, half));

        StringAssert.Contains(error.Message, "'skip'");
        StringAssert.Contains(error.Message, "(None, 8, 8, 3)");
        StringAssert.Contains(error.Message, "(None, 4, 4, 3)");
    }

    [TestMethod]
    [DynamicData(nameof(Mistakes))]
    public void Apply_Mistake_NamesLayerAndShape(Func<SymbolicTensor> build, string layer, string shape)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(build);

        StringAssert.Contains(error.Message, layer);
        StringAssert.Contains(error.Message, shape);
    }

    public static IEnumerable<object[]> Mistakes()
    {
        SymbolicTensor small = SymbolicTensor.Input(Shape.Map(3, 4, 4)),
            free = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor vector = SymbolicTensor.Input(Shape.Vector(10)), wide = SymbolicTensor.Input(Shape.Map(3, 8, 4));
        yield return [() => new Conv2D(1, 7) { Name = "big", Padding = PaddingKind.Valid }.Apply(small), "'big'",
            "(None, 4, 4, 3)"];
        yield return [() => new Dense(2) { Name = "scores" }.Apply(small), "'scores'", "(None, 4, 4, 3)"];
        yield return [() => new Flatten { Name = "flat" }.Apply(free), "'flat'", "(None, None, None, 3)"];
        yield return [() => new Conv2D(2, 3).Apply(vector), "'conv2d'", "(None, 10)"];
        yield return [() => new Concatenate { Name = "join" }.Apply(small, wide), "'join'", "(None, 4, 8, 3)"];
        yield return [() => new Conv2D(2, 3) { Name = "still", Stride = 0 }.Apply(small), "'still'", "(None, 4, 4, 3)"];
        yield return [() => new MaxPool2D(0) { Name = "none" }.Apply(small), "'none'", "(None, 4, 4, 3)"];
        yield return [() => new Conv2D(2, 3) { Name = "atrous", Stride = 2, Dilation = 2 }.Apply(small), "'atrous'",
            "(None, 4, 4, 3)"];
        var symmetric = new Conv2DTranspose(1, 4) { Name = "wider", Padding = PaddingKind.Symmetric };
        yield return [() => symmetric.Apply(small), "'wider'", "(None, 4, 4, 3)"];
        yield return [() => new Normalization([1, 2], [1, 1]) { Name = "norm" }.Apply(small), "'norm'", "(None, 4, 4, 3)"];
    }

    [TestMethod]
    public void Constructor_TwoLayersOfOneName_SaysWhich()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, 8, 8));
        SymbolicTensor output = new Conv2D(1, 3) { Name = "same" }.Apply(new Conv2D(1, 3) { Name = "same" }.Apply(image));

        var error = Assert.ThrowsExactly<ArgumentException>(() => new LayerGraph("twice", [image], [output]));

        StringAssert.Contains(error.Message, "'same'");
    }

    [TestMethod]
    public void Constructor_LayerSharedByOtherChannels_NamesLayerAndBothShapes()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));
        var shared = new Conv2D(16, 3) { Name = "shared" };

        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new LayerGraph("twice", [image], [shared.Apply(shared.Apply(image))]));

        StringAssert.Contains(error.Message, "'shared'");
        StringAssert.Contains(error.Message, "(None, 8, 8, 3)");
        StringAssert.Contains(error.Message, "(None, 8, 8, 16)");
    }

    [TestMethod]
    public void Constructor_UnlistedInput_SaysWhich()
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, 8, 8)),
            other = SymbolicTensor.Input(Shape.Map(1, 8, 8), "other");

        var error = Assert.ThrowsExactly<ArgumentException>(() => new LayerGraph("open", [image], [image + other]));

        StringAssert.Contains(error.Message, "'other'");
    }

    [TestMethod]
    [DynamicData(nameof(Strides))]
    public void SizeMultiple_EachGraph_IsWhatItsStridesDivide(int expected, Func<SymbolicTensor, SymbolicTensor[]> describe)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));

        Assert.AreEqual(expected, new LayerGraph("strides", [image], describe(image)).SizeMultiple);
    }

    public static IEnumerable<object[]> Strides()
    {
        static SymbolicTensor Down(SymbolicTensor x, long stride) => new Conv2D(3, 3) { Stride = stride }.Apply(x);
        static SymbolicTensor Up(SymbolicTensor x, long stride) => new Conv2DTranspose(3, 4) { Stride = stride }.Apply(x);
        object[] Case(int expected, Func<SymbolicTensor, SymbolicTensor[]> describe) => [expected, describe];
        yield return Case(1, x => [new Conv2D(3, 3).Apply(x)]);
        yield return Case(2, x => [new MaxPool2D(2).Apply(x)]);
        yield return Case(6, x => [Down(Down(x, 2), 3)]);

        // What comes back up and goes down again needs no more than the lowest place, and what goes up first nothing at all.
        yield return Case(8, x => [Down(Up(Down(Down(Down(x, 2), 2), 2), 4), 2)]);
        yield return Case(1, x => [new MaxPool2D(2).Apply(new UpSampling2D(2).Apply(x))]);

        // Of two branches both strides must fit.
        yield return Case(6, x => [Down(x, 2), Down(x, 3)]);

        // A vector has no size.
        yield return Case(4, x => [new Dense(2).Apply(new GlobalAveragePooling2D().Apply(Down(x, 4)))]);
    }

    private static string[] Cells(string[] lines) =>
        [.. lines.Select(
            line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))];
}

using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class PretrainedWeightsTest
{
    [TestMethod]
    [DataRow("keras1.h5")]
    [DataRow("torch_2017.pth")]
    public void LoadInto_EncoderOfANetwork_LoadsItAndLeavesTheHead(string name)
    {
        using var scope = NewDisposeScope();
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf(name));
        var encoder = new TwoConvolutions { Preprocessing = weights.Preprocessing };
        using TorchNetwork network = Network(encoder), untouched = Network(encoder);

        weights.LoadInto(network, encoder);

        Tensor kernel = Weight(network, "block1_conv1/kernel");
        // Both count 0, 1, 2, … in their file: (3, 3, 3, 2) in Keras, (2, 3, 3, 3) in Torch. Element (1, 2, 0, 1) is there
        // row 0, column 1, input 2, output 1: 0·18 + 1·6 + 2·2 + 1 = 11, and here 1·27 + 2·9 + 0·3 + 1 = 46.
        Assert.AreEqual(name == "keras1.h5" ? 11 : 46, kernel[1, 2, 0, 1].item<float>());
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "block1_conv1/bias"));
        CollectionAssert.AreEqual(new float[] { 0, 1, 2, 3 }, Numbers(network, "block1_conv2/bias"));
        CollectionAssert.AreEqual(Numbers(untouched, "score/kernel"), Numbers(network, "score/kernel"));
        Assert.AreEqual(name == "keras1.h5" ? ImagePreprocessing.Keras : ImagePreprocessing.Torchvision, weights.Preprocessing);
    }

    [TestMethod]
    public void LoadInto_NetworkWithoutTheLastStage_LoadsTheOthers()
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf("keras1.h5"));
        var encoder = new TwoStages { Preprocessing = weights.Preprocessing };
        using TorchNetwork network = Network(encoder);

        weights.LoadInto(network, encoder);

        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "block1_conv1/bias"));
        Assert.IsFalse(network.state_dict().ContainsKey("block1_conv2/bias"));
    }

    [TestMethod]
    public void LoadInto_FrozenLayers_LoadsAndKeepsThemFrozen()
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf("keras1.h5"));
        var encoder = new TwoConvolutions { Preprocessing = weights.Preprocessing, IsTrainable = false };
        using TorchNetwork network = Network(encoder);

        weights.LoadInto(network, encoder);

        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "block1_conv1/bias"));
        Assert.IsFalse(Weight(network, "block1_conv1/kernel").requires_grad);
        Assert.IsTrue(Weight(network, "score/kernel").requires_grad);
    }

    [TestMethod]
    [DataRow("torch_zip.pth")]
    [DataRow("torch_legacy.pth")]
    public void LoadInto_BatchNormalizationOfTorch_LoadsItsStatistics(string name)
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf(name));
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));
        SymbolicTensor x = new Conv2D(2, 3) { Name = "conv1", UseBias = false }.Apply(image);
        x = new BatchNormalization { Name = "bn1" }.Apply(x);
        x = new Conv2D(4, 3, 1) { Name = "layer1.0.conv1", UseBias = false }.Apply(x);
        using var network = new TorchNetwork(new LayerGraph("residual", [image], [x]));

        weights.LoadInto(network);

        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "bn1/gamma"));
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "bn1/beta"));
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "bn1/moving_mean"));
        CollectionAssert.AreEqual(new float[] { 2, 3 }, Numbers(network, "bn1/moving_variance"));
        Assert.AreEqual(12 + 8 + 3, Weight(network, "layer1.0.conv1/kernel")[3, 1, 0, 2].item<float>());
    }

    [TestMethod]
    public void LoadInto_TransposedConvolutionOfKeras_KeepsInAndOutApart()
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf("keras2_model.h5"));
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));
        SymbolicTensor x = new Conv2D(2, 3) { Name = "conv1", UseBias = false }.Apply(image);
        x = new BatchNormalization { Name = "bn_conv1" }.Apply(x);
        x = new Conv2DTranspose(5, 2) { Name = "up", Stride = 2 }.Apply(x);
        using var network = new TorchNetwork(new LayerGraph("up", [image], [x]));

        weights.LoadInto(network);

        // Keras: (row 1, column 0, output 4, input 1) of (2, 2, 5, 2), so 1·20 + 0·10 + 4·2 + 1.
        // Torch: (input, output, row, column).
        Assert.AreEqual(29, Weight(network, "up/kernel")[1, 4, 1, 0].item<float>());
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers(network, "bn_conv1/moving_variance"));
    }

    [TestMethod]
    public void LoadInto_FileOfAnotherNetwork_ListsEverythingAndChangesNothing()
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf("keras1.h5"));
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 8, 8));
        SymbolicTensor x = new Conv2D(2, 3) { Name = "block1_conv1" }.Apply(image);
        x = new Conv2D(6, 3) { Name = "block1_conv2", UseBias = false }.Apply(x);
        x = new Conv2D(1, 1) { Name = "block2_conv1" }.Apply(x);
        using var network = new TorchNetwork(new LayerGraph("another", [image], [x]));
        float[] before = Numbers(network, "block1_conv1/kernel");

        var error = Assert.ThrowsExactly<InvalidDataException>(() => weights.LoadInto(network));

        StringAssert.Contains(error.Message, "keras1.h5' is not of the layers of 'another'");
        StringAssert.Contains(error.Message, "2 missing: block2_conv1/kernel (1×1×6×1), block2_conv1/bias (1)");
        StringAssert.Contains(error.Message, "1 unknown: block1_conv2/block1_conv2_b_1:0 (4)");
        StringAssert.Contains(error.Message, "1 of another shape: block1_conv2/block1_conv2_W_1:0 (3×3×2×4, expected 3×3×2×6)");
        CollectionAssert.AreEqual(before, Numbers(network, "block1_conv1/kernel"));
    }

    [TestMethod]
    public void LoadInto_WeightTwiceOrOfIntegers_ListsThem()
    {
        const string Header = """
            {"conv/kernel":{"dtype":"I32","shape":[1,1,1,1],"data_offsets":[0,4]},
             "conv/bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},
             "conv/b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}
            """;
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(1, 8, 8));
        using var network = new TorchNetwork(new LayerGraph("one", [image], [new Conv2D(1, 1) { Name = "conv" }.Apply(image)]));
        WeightFixtures.WithFile(WeightWriter.Safetensors(Header, 12), path =>
        {
            using var weights = PretrainedWeights.Open(path);
            var error = Assert.ThrowsExactly<InvalidDataException>(() => weights.LoadInto(network));
            StringAssert.Contains(error.Message, "conv/b (a second conv/bias)");
            StringAssert.Contains(error.Message, "conv/kernel (no numbers");
        });
    }

    [TestMethod]
    [DataRow("""{"features.0.weight":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", false)]
    [DataRow("""{"block1_conv1/kernel":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", true)]
    public void Preprocessing_Safetensors_GoesByTheNames(string header, bool isKeras)
    {
        WeightFixtures.WithFile(WeightWriter.Safetensors(header, 4), path =>
        {
            using var weights = PretrainedWeights.Open(path);
            Assert.AreEqual(isKeras ? ImagePreprocessing.Keras : ImagePreprocessing.Torchvision, weights.Preprocessing);
        });
    }

    [TestMethod]
    public void LoadInto_EncoderWithOtherPreprocessing_SaysWhatToDo()
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf("keras1.h5"));
        var encoder = new TwoConvolutions();
        using TorchNetwork network = Network(encoder);

        var error = Assert.ThrowsExactly<ArgumentException>(() => weights.LoadInto(network, encoder));

        StringAssert.Contains(error.Message, "Preprocessing = weights.Preprocessing");
    }

    [TestMethod]
    public void LoadInto_NetworkOverAnotherEncoder_SaysWhatItLacks()
    {
        using var weights = PretrainedWeights.Open(WeightFixtures.PathOf("keras1.h5"));
        using TorchNetwork network = Network(new TwoConvolutions { Prefix = "stage" });

        var expected = new TwoConvolutions { Preprocessing = weights.Preprocessing };
        var error = Assert.ThrowsExactly<ArgumentException>(() => weights.LoadInto(network, expected));

        StringAssert.Contains(error.Message, "it has no block1_conv1, block1_conv2");
    }

    private static TorchNetwork Network(Encoder encoder)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any));
        SymbolicTensor score = new Conv2D(2, 1) { Name = "score" }.Apply(encoder.Apply(image)[0]);
        return new TorchNetwork(new LayerGraph("small", [image], [score]));
    }

    private static Tensor Weight(TorchNetwork network, string name) => network.state_dict()[name];

    private static float[] Numbers(TorchNetwork network, string name) =>
        Weight(network, name).detach().contiguous().data<float>().ToArray();

    /// <summary>The first block of a VGG with few channels, as the fixtures have it.</summary>
    private sealed record TwoConvolutions : Encoder
    {
        public override string Name => "two";

        public string Prefix { get; init; } = "block1_conv";

        protected override IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image) =>
            [new Conv2D(4, 3) { Name = $"{Prefix}2" }.Apply(new Conv2D(2, 3) { Name = $"{Prefix}1" }.Apply(image))];
    }

    private sealed record TwoStages : Encoder
    {
        public override string Name => "stages";

        protected override IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image)
        {
            SymbolicTensor first = new Conv2D(2, 3) { Name = "block1_conv1" }.Apply(image);
            return [first, new Conv2D(4, 3) { Name = "block1_conv2" }.Apply(first)];
        }
    }
}

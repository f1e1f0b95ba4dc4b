using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class KerasConventionTest
{
    private static readonly KerasConvention _keras = new();

    [TestMethod]
    [DataRow("block1_conv1/block1_conv1_W_1:0", "block1_conv1/kernel")]
    [DataRow("block5_conv3/block5_conv3_b_1:0", "block5_conv3/bias")]
    [DataRow("block1_conv1/block1_conv1/kernel:0", "block1_conv1/kernel")]
    [DataRow("block1_conv1/block1_conv1_2/bias:0", "block1_conv1/bias")]
    [DataRow("bn_conv1/bn_conv1/moving_variance:0", "bn_conv1/moving_variance")]
    [DataRow("block1_conv1/kernel", "block1_conv1/kernel")]
    [DataRow("kernel", "kernel/kernel")]
    public void NameInNetwork_EachOfKerasNames_IsLayerAndWeight(string name, string expected) =>
        Assert.AreEqual(expected, _keras.NameInNetwork(name));

    [TestMethod]
    [DataRow("fc1/fc1_W_1:0", true)]
    [DataRow("fc1000/fc1000/bias:0", true)]
    [DataRow("predictions/predictions/kernel:0", true)]
    [DataRow("fcn2/kernel", false)]
    [DataRow("block1_conv1/block1_conv1_W_1:0", false)]
    public void IsLeftOut_Classifier_Is(string name, bool expected) => Assert.AreEqual(expected, _keras.IsLeftOut(name));

    [TestMethod]
    public void ToTorch_Kernel_MovesEachNumberToItsPlace()
    {
        using var scope = NewDisposeScope();
        Tensor kernel = arange(3 * 2 * 5 * 7, float32).reshape(3, 2, 5, 7);

        WeightSpec spec = new Conv2D(7, 2, 3).Weights([Shape.Map(5, 9, 9)])[0];

        Tensor moved = _keras.ToTorch(spec, kernel);

        // (height, width, in, out) to (out, in, height, width).
        CollectionAssert.AreEqual(new long[] { 7, 5, 3, 2 }, moved.shape);
        Assert.AreEqual(kernel[2, 1, 4, 6].item<float>(), moved[6, 4, 2, 1].item<float>());
        Assert.AreEqual(kernel[0, 1, 3, 2].item<float>(), moved[2, 3, 0, 1].item<float>());
        CollectionAssert.AreEqual(new long[] { 3, 2, 5, 7 }, _keras.ShapeInFile(spec));
        WeightSpec dense = new Dense(4).Weights([Shape.Vector(3)])[0];
        CollectionAssert.AreEqual(new long[] { 4, 3 }, _keras.ToTorch(dense, zeros(3, 4)).shape);
        CollectionAssert.AreEqual(new long[] { 3, 4 }, _keras.ShapeInFile(dense));
    }

    [TestMethod]
    public void ToTorch_TransposedKernel_MovesEachNumberToItsPlace()
    {
        using var scope = NewDisposeScope();
        Tensor kernel = arange(3 * 2 * 7 * 5, float32).reshape(3, 2, 7, 5);
        WeightSpec spec = new Conv2DTranspose(7, 2, 3).Weights([Shape.Map(5, 9, 9)])[0];

        Tensor moved = _keras.ToTorch(spec, kernel);

        // (height, width, out, in) to (in, out, height, width).
        CollectionAssert.AreEqual(spec.Dimensions, moved.shape);
        Assert.AreEqual(kernel[2, 1, 6, 4].item<float>(), moved[4, 6, 2, 1].item<float>());
        CollectionAssert.AreEqual(new long[] { 3, 2, 7, 5 }, _keras.ShapeInFile(spec));
    }

    [TestMethod]
    public void ToTorch_AxesThatAreOneInTorch_StandSideBySide()
    {
        using var scope = NewDisposeScope();
        Tensor kernel = arange(3 * 2 * 5 * 4, float32).reshape(3, 2, 5, 4);
        var layout = new KerasLayout([3, 2, 5, 4], [2, 3, 0, 1]);
        var spec = new WeightSpec("depthwise_kernel", [20, 1, 3, 2], Initializer.Zeros) { Keras = layout };

        Tensor moved = _keras.ToTorch(spec, kernel);

        // (height, width, in, multiplier) to (in times multiplier, 1, height, width).
        CollectionAssert.AreEqual(new long[] { 20, 1, 3, 2 }, moved.shape);
        Assert.AreEqual(kernel[2, 1, 3, 1].item<float>(), moved[3 * 4 + 1, 0, 2, 1].item<float>());
    }
}

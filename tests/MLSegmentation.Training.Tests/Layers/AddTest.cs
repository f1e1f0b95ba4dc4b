using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class AddTest
{
    [TestMethod]
    [DataRow(1, 32)]
    [DataRow(32, 1)]
    [DataRow(32, 32)]
    public void InferShape_EqualOrOneChannel_IsTheLarger(int left, int right) =>
        Assert.AreEqual(Shape.Map(32, 20, 28), new Add().InferShape([Shape.Map(left, 20, 28), Shape.Map(right, 20, 28)]));

    [TestMethod]
    public void InferShape_FreeSize_StaysFree() =>
        Assert.AreEqual(Shape.Map(8, -1, -1), new Add().InferShape([Shape.Map(1, -1, -1), Shape.Map(8, -1, -1)]));

    /// <summary>The image 1, 2 is added to the channels 10, 20 and 30, 40.</summary>
    [TestMethod]
    public void Forward_OneChannel_AddsItToEach()
    {
        using var scope = NewDisposeScope();
        Tensor image = tensor(new float[] { 1, 2 }, [1, 1, 1, 2]), map = tensor(new float[] { 10, 20, 30, 40 }, [1, 2, 1, 2]);

        Tensor sum = new Add().Forward([map, image], [], isTraining: true);

        CollectionAssert.AreEqual(new long[] { 1, 2, 1, 2 }, sum.shape);
        CollectionAssert.AreEqual(new float[] { 11, 22, 31, 42 }, sum.data<float>().ToArray());
    }

    /// <summary>The pixel 10, 100 is added to the pixels 1, 2 and 3, 4 of its channels.</summary>
    [TestMethod]
    public void Forward_OnePixel_AddsItToEach()
    {
        using var scope = NewDisposeScope();
        Tensor pixel = tensor(new float[] { 10, 100 }, [1, 2, 1, 1]), map = tensor(new float[] { 1, 2, 3, 4 }, [1, 2, 1, 2]);

        Tensor sum = new Add().Forward([map, pixel], [], isTraining: true);

        CollectionAssert.AreEqual(new float[] { 11, 12, 103, 104 }, sum.data<float>().ToArray());
        Assert.AreEqual(Shape.Map(2, -1, -1), new Add().InferShape([Shape.Map(2, 1, 1), Shape.Map(2, -1, -1)]));
    }

    [TestMethod]
    [DynamicData(nameof(Mismatches))]
    public void Apply_OtherMismatch_IsAnErrorWithBothShapes(Shape left, Shape right)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => SymbolicTensor.Input(left, "left") + SymbolicTensor.Input(right, "right"));

        StringAssert.Contains(error.Message, $"{left} and {right}");
        StringAssert.Contains(error.Message, "single channel");
    }

    public static IEnumerable<(Shape Left, Shape Right)> Mismatches =>
    [
        (Shape.Map(2, 4, 4), Shape.Map(4, 4, 4)),
        (Shape.Map(1, 4, 4), Shape.Map(4, 4, 2)),
        (Shape.Map(1, 4, 4), Shape.Map(4, 1, 4)),
        (Shape.Map(1, 1, 1), Shape.Map(4, 4, 4)),
        (Shape.Vector(1), Shape.Vector(4)),
        (Shape.Vector(4), Shape.Map(4, 1, 1)),
    ];
}

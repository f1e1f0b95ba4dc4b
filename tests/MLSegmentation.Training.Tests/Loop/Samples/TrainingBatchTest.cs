using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TrainingBatchTest
{
    [TestMethod]
    public void ImageTensor_OfBytes_IsChannelsFirstInShapeAndLastInMemory()
    {
        using var scope = NewDisposeScope();
        byte[] bytes = [.. Enumerable.Range(0, 2 * 3 * 4 * 5).Select(i => (byte)(i + 130))];

        Tensor images = new TrainingBatch(2, 3, 4, 5, bytes, []).ImageTensor(CPU);

        CollectionAssert.AreEqual(new long[] { 2, 3, 4, 5 }, images.shape);
        CollectionAssert.AreEqual(new long[] { 60, 1, 15, 3 }, images.stride());
        Assert.AreEqual(ScalarType.Float32, images.dtype);
        for (int i = 0; i < bytes.Length; i++)
            Assert.AreEqual(bytes[i], images[i / 60, i % 3, i / 15 % 4, i / 3 % 5].item<float>());
    }

    [TestMethod]
    [DataRow(24)]
    [DataRow(2)]
    public void LabelTensor_OfPixelsOrImages_IsIn64Bits(int length)
    {
        using var scope = NewDisposeScope();
        byte[] labels = [.. Enumerable.Range(0, length).Select(i => (byte)(255 - i))];

        Tensor tensor = new TrainingBatch(2, 1, 3, 4, new byte[24], labels).LabelTensor(CPU);

        CollectionAssert.AreEqual(length == 2 ? [2] : new long[] { 2, 3, 4 }, tensor.shape);
        CollectionAssert.AreEqual(labels.Select(label => (long)label).ToArray(), tensor.data<long>().ToArray());
    }

    [TestMethod]
    public void Dispose_CopiesThatNobodyRead_AreLetGoOf()
    {
        var copies = new List<Tensor>();
        var batch = new TrainingBatch(1, 1, 2, 2, [1, 2, 3, 4], [0, 0, 1, 1]);
        batch.Prepare(bytes =>
        {
            copies.Add(bytes.clone());
            return copies[^1];
        });
        Assert.IsTrue(copies is [{ IsInvalid: false }, { IsInvalid: false }]);

        batch.Dispose();

        Assert.IsTrue(copies is [{ IsInvalid: true }, { IsInvalid: true }]);
    }

    /// <summary>Also those that wait in a queue which is stopped.</summary>
    [TestMethod]
    public void Dispose_QueueWithBatchesThatNobodyTook_DisposesThem()
    {
        Tensor? copy = null;
        var batch = new TrainingBatch(1, 1, 1, 1, [1], []);
        batch.Prepare(bytes => copy = bytes.clone());
        var queue = new BatchQueue(1, (ready, stop) => ready.Add(Task.FromResult(batch), stop), default);
        Assert.IsTrue(SpinWait.SpinUntil(() => queue.IsAllAdded, TimeSpan.FromMinutes(1)));

        queue.Dispose();

        Assert.IsTrue(copy!.IsInvalid);
    }

    [TestMethod]
    public void Of_SamplesOfOneSize_AreOneAfterTheOther()
    {
        var samples = new[] { new TrainingSample(1, 2, [1, 2], [0, 1]), new TrainingSample(1, 2, [3, 4], [2, 2]) };

        TrainingBatch batch = TrainingBatch.Of(samples);

        Assert.AreEqual((2, 2, 1), (batch.Count, batch.Height, batch.Width));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, batch.Images.ToArray());
        CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 2 }, batch.Labels.ToArray());
        CollectionAssert.AreEqual(new byte[] { 3, 4 }, batch.Single(1).Images.ToArray());
    }

    [TestMethod]
    public void Parts_OfThreeImages_AreTwoAndTheRest()
    {
        var batch = new TrainingBatch(3, 1, 1, 2, [1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5])
        {
            Views = [(7, false), (8, true), (9, false)],
        };

        TrainingBatch[] parts = [.. batch.Parts(2)];

        Assert.AreSame(batch, batch.Parts(3).Single());
        CollectionAssert.AreEqual((int[])[2, 1], parts.Select(part => part.Count).ToArray());
        CollectionAssert.AreEqual(new byte[] { 5, 6 }, parts[1].Images.ToArray());
        CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 3 }, parts[0].Labels.ToArray());
        Assert.AreEqual((9, false), parts[1].Views.Single());
    }
}

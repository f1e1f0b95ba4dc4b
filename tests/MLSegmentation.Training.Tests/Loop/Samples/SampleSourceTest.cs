using Microsoft.ML;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SampleSourceTest
{
    private const int Rows = 700;

    [TestMethod]
    [DataRow(1L << 30)]
    [DataRow(0L)]
    public void Epoch_InMemoryOrStreamed_GivesEveryRowOnceInAnotherOrder(long memory)
    {
        SampleSource source = Create(memory, validationFraction: 0);

        int[] first = Numbers(source.Epoch(0, default)), second = Numbers(source.Epoch(1, default)),
            again = Numbers(source.Epoch(0, default));

        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), first.Order().ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), second.Order().ToArray());
        CollectionAssert.AreNotEqual(first, second);
        CollectionAssert.AreEqual(first, again);
    }

    [TestMethod]
    public void Epoch_MoreThanMemoryHolds_ReadsTheViewEachTime()
    {
        NumberedRows reader = Reader();
        var source = new SampleSource(View(), null, reader, 0, memory: 10, seed: 1, default);
        int afterOpening = reader.Reads;

        Numbers(source.Epoch(0, default));
        Numbers(source.Epoch(1, default));

        Assert.AreEqual(afterOpening + 2 * Rows, reader.Reads);
        Assert.IsLessThan(20, afterOpening);
    }

    [TestMethod]
    public void Epoch_InMemory_ReadsTheViewOnce()
    {
        NumberedRows reader = Reader();
        var source = new SampleSource(View(), null, reader, 0, memory: 1 << 20, seed: 1, default);

        Numbers(source.Epoch(0, default));
        Numbers(source.Epoch(1, default));

        Assert.AreEqual(Rows, reader.Reads);
    }

    [TestMethod]
    [DataRow(1L << 30)]
    [DataRow(0L)]
    public void Validation_PartOfTheRows_IsNeverTrainedOn(long memory)
    {
        SampleSource source = Create(memory, validationFraction: 0.2);

        int[] held = Numbers(source.Validation(default)), trained = Numbers(source.Epoch(3, default));

        Assert.HasCount(140, held);
        Assert.AreEqual(560, source.TrainingCount);
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), held.Concat(trained).Order().ToArray());
    }

    [TestMethod]
    public void Validation_InMemory_IsReadOnce()
    {
        NumberedRows reader = Reader();
        var source = new SampleSource(View(), null, reader, 0.2, memory: 1 << 20, seed: 1, default);

        Numbers(source.Validation(default));
        Numbers(source.Validation(default));

        Assert.AreEqual(Rows, reader.Reads);
    }

    [TestMethod]
    public void Validation_SetOfItsOwn_LeavesAllRowsToTrainOn()
    {
        IDataView validation = NumberedRows.Of([5000, 6000]);
        var source = new SampleSource(View(), validation, Reader(), 0.2, memory: 1 << 20, seed: 1, default);

        CollectionAssert.AreEqual(new[] { 5000, 6000 }, Numbers(source.Validation(default)));
        Assert.AreEqual(Rows, source.TrainingCount);
    }

    [TestMethod]
    public void Validation_PartOfLessThanARow_IsOneRow()
    {
        SampleSource source = Create(1 << 30, validationFraction: 1e-6);

        Assert.HasCount(1, Numbers(source.Validation(default)));
        Assert.AreEqual(Rows - 1, source.TrainingCount);
    }

    [TestMethod]
    [DataRow(1L << 30)]
    [DataRow(0L)]
    public void Validation_Cancelled_Stops(long memory)
    {
        SampleSource source = Create(memory, validationFraction: 0.2);
        using var cancellation = new CancellationTokenSource();
        using var samples = source.Validation(cancellation.Token).GetEnumerator();
        Assert.IsTrue(samples.MoveNext());

        cancellation.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => samples.MoveNext());
    }

    [TestMethod]
    public void Constructor_NoRowsToValidateWith_SaysSo()
    {
        IDataView empty = NumberedRows.Of([]);

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => new SampleSource(View(), empty, Reader(), 0, 1, 1, default));

        StringAssert.Contains(error.Message, "validation set has no rows");
    }

    [TestMethod]
    public void Constructor_NoRows_SaysSo()
    {
        IDataView empty = NumberedRows.Of([]);

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => new SampleSource(empty, null, Reader(), 0, 1, 1, default));

        StringAssert.Contains(error.Message, "0 rows");
    }

    private static SampleSource Create(long memory, double validationFraction) =>
        new(View(), null, Reader(), validationFraction, memory, seed: 1, default);

    private static int[] Numbers(IEnumerable<TrainingSample> samples) => [.. samples.Select(sample => sample.Width)];

    private static IDataView View() => NumberedRows.Of(Enumerable.Range(0, Rows));

    private static NumberedRows Reader() => new(number => new TrainingSample(number, 1, [1, 2, 3], [1]));
}

using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class BatchLoaderTest
{
    private const int Rows = 23, BatchSize = 4, Width = 24, Height = 16;
    private static readonly AugmentationOptions _everything = new() { Saturation = 0.5, Hue = 30, CutMix = 0.5 };

    [TestMethod]
    [DataRow(1L << 30)]
    [DataRow(0L)]
    public void Batches_AnyNumberOfThreads_AreTheSameBytesInTheSameOrder(long memory)
    {
        TrainingBatch[] one = [.. Create(memory, threads: 1).Batches(3, 0, default)];

        foreach (int threads in new[] { 2, 7 })
        {
            TrainingBatch[] several = [.. Create(memory, threads).Batches(3, 0, default)];
            Assert.HasCount(6, several);
            for (int i = 0; i < one.Length; i++) AssertEqual(one[i], several[i]);
        }
    }

    [TestMethod]
    [DataRow(1L << 30)]
    [DataRow(0L)]
    public void Batches_FromOneOfThemOn_AreThoseOfTheWholeEpoch(long memory)
    {
        TrainingBatch[] whole = [.. Create(memory, threads: 3).Batches(1, 0, default)],
            rest = [.. Create(memory, threads: 3).Batches(1, 4, default)];

        Assert.HasCount(2, rest);
        AssertEqual(whole[4], rest[0]);
        AssertEqual(whole[5], rest[1]);
        Assert.AreEqual(3, rest[1].Count);
    }

    [TestMethod]
    [DataRow(1L << 30)]
    [DataRow(0L)]
    public void Batches_OfEpochsInAnyOrder_AreThoseOfEachAlone(long memory)
    {
        using BatchLoader loader = Create(memory, threads: 3);
        foreach (var (epoch, first) in ((int, int)[])[(0, 0), (1, 0), (2, 3), (7, 0), (8, 0), (8, 0)])
        {
            TrainingBatch[] alone = [.. Create(memory, threads: 1).Batches(epoch, first, default)],
                batches = [.. loader.Batches(epoch, first, default)];
            Assert.HasCount(6 - first, batches);
            for (int i = 0; i < alone.Length; i++) AssertEqual(alone[i], batches[i]);
        }
    }

    [TestMethod]
    public void Batches_RowsThatAreNotInMemory_AreReadForOneEpochAtATime()
    {
        var reader = new NumberedRows(Picture);
        using BatchLoader loader = Create(0, threads: 2, reader);
        int before = reader.Reads;

        Assert.HasCount(6, loader.Batches(0, 0, default).ToArray());
        Thread.Sleep(20);

        Assert.AreEqual(before + Rows, reader.Reads);
    }

    [TestMethod]
    public void Dispose_WithBatchesAhead_LeavesNobodyAtWork()
    {
        BatchLoader loader = Create(1 << 30, threads: 2, rows: 400);
        _ = loader.Batches(0, 0, default).Count();

        loader.Dispose();
        loader.Dispose();

        Assert.HasCount(100, loader.Batches(1, 0, default).ToArray());
        loader.Dispose();
    }

    [TestMethod]
    public void Batches_Cancelled_StopWithinTheEpoch()
    {
        using var cancellation = new CancellationTokenSource();
        using var batches = Create(0, threads: 2, rows: 4000).Batches(0, 0, cancellation.Token).GetEnumerator();
        Assert.IsTrue(batches.MoveNext());

        cancellation.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() =>
        {
            while (batches.MoveNext()) { }
        });
    }

    [TestMethod]
    public void Batches_NotTakenToTheEnd_ReadOnlySoFarAhead()
    {
        var reader = new NumberedRows(Picture);
        BatchLoader loader = Create(0, threads: 2, reader, rows: 4000);
        int before = reader.Reads;

        _ = loader.Batches(0, 0, default).First();
        int after = reader.Reads;
        Thread.Sleep(20);

        Assert.AreEqual(after, reader.Reads);
        Assert.IsLessThan(1000, after - before);
    }

    [TestMethod]
    public void Batches_RowThatCannotBeRead_ThrowAfterThoseBefore()
    {
        int bad = -1;
        var reader = new NumberedRows(
            number => number == bad ? throw new InvalidDataException($"Row {number} is bad.") : Picture(number));
        BatchLoader loader = Create(0, threads: 2, reader, rows: 600);
        bad = 400;
        int batches = 0;

        var error = Assert.ThrowsExactly<InvalidDataException>(() =>
        {
            foreach (TrainingBatch batch in loader.Batches(0, 0, default)) batches++;
        });

        Assert.AreEqual("Row 400 is bad.", error.Message);
        // The pool of rows in which they are shuffled holds 256.
        Assert.AreEqual((400 - 256) / BatchSize, batches);
    }

    private static void AssertEqual(TrainingBatch expected, TrainingBatch actual)
    {
        CollectionAssert.AreEqual(expected.Images.ToArray(), actual.Images.ToArray());
        CollectionAssert.AreEqual(expected.Labels.ToArray(), actual.Labels.ToArray());
        CollectionAssert.AreEqual(expected.Views.ToArray(), actual.Views.ToArray());
    }

    private static BatchLoader Create(long memory, int threads, NumberedRows? reader = null, int rows = Rows)
    {
        var source = new SampleSource(
            NumberedRows.Of(Enumerable.Range(0, rows)), null, reader ?? new NumberedRows(Picture), 0, memory, seed: 1, default);
        return new BatchLoader(source, _everything, BatchSize, 3, Width, Height, hasLabels: true, seed: 1, CPU)
        {
            Threads = threads,
        };
    }

    /// <summary>A picture of random pixels, seeded by the row's number.</summary>
    private static TrainingSample Picture(int number)
    {
        var random = new Random(number);
        var (pixels, labels) = (new byte[3 * 20 * 20], new byte[20 * 20]);
        random.NextBytes(pixels);
        random.NextBytes(labels);
        return new TrainingSample(20, 20, pixels, labels);
    }
}

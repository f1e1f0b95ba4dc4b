namespace MLSegmentation.Tests;

[TestClass]
public sealed class OrderedPipelineTest
{
    private const int AtOnce = 3;
    private int _working;
    private int _most;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task RunAsync_WorkOfDifferingLength_KeepsTheOrderAndTheLimit()
    {
        var results = new List<int>();

        await foreach (int result in OrderedPipeline.RunAsync(Numbers(100), Work, AtOnce, TestContext.CancellationToken))
            results.Add(result);

        CollectionAssert.AreEqual(Enumerable.Range(0, 100).Select(i => 2 * i).ToArray(), results);
        Assert.IsLessThanOrEqualTo(AtOnce, _most);
    }

    [TestMethod]
    public async Task RunAsync_WorkThatWaitsForOthers_RunsAtOnce()
    {
        using var meeting = new Barrier(AtOnce);
        bool Meet(int i) => meeting.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.CancellationToken);

        await foreach (bool met in OrderedPipeline.RunAsync(Numbers(4 * AtOnce), Meet, AtOnce, TestContext.CancellationToken))
            Assert.IsTrue(met);
    }

    [TestMethod]
    public async Task RunAsync_ManyItems_WorksOnFewThreadsOfItsOwn()
    {
        var threads = new HashSet<Thread>();
        bool Note(int i)
        {
            lock (threads) threads.Add(Thread.CurrentThread);
            return Thread.CurrentThread.IsThreadPoolThread;
        }

        await foreach (bool isOfThePool in OrderedPipeline.RunAsync(Numbers(100), Note, AtOnce, TestContext.CancellationToken))
            Assert.IsFalse(isOfThePool);

        Assert.IsLessThanOrEqualTo(AtOnce, threads.Count);
        Assert.IsFalse(threads.Any(thread => thread.IsAlive));
    }

    [TestMethod]
    public async Task RunAsync_SlowConsumer_ReadsNoFurtherThanTheLimits()
    {
        int read = 0;
        async IAsyncEnumerable<int> Counted()
        {
            await Task.Yield();
            for (int i = 0; i < 1000; i++)
            {
                Interlocked.Increment(ref read);
                yield return i;
            }
        }
        await foreach (int result in OrderedPipeline.RunAsync(Counted(), Work, AtOnce, TestContext.CancellationToken))
        {
            if (result >= 20) break;
        }

        Assert.IsLessThanOrEqualTo(11 + 2 * AtOnce + 2, read);
        Assert.AreEqual(0, _working);
    }

    [TestMethod]
    public async Task RunAsync_WorkThatThrows_ThrowsInItsPlaceAndLeavesNothingRunning()
    {
        var results = new List<int>();
        var error = await Assert.ThrowsExactlyAsync<InvalidDataException>(async () =>
        {
            int Fail(int i) => i == 7 ? throw new InvalidDataException("seven") : Work(i);
            await foreach (int result in OrderedPipeline.RunAsync(Numbers(100), Fail, AtOnce, TestContext.CancellationToken))
                results.Add(result);
        });

        Assert.AreEqual("seven", error.Message);
        CollectionAssert.AreEqual(Enumerable.Range(0, 7).Select(i => 2 * i).ToArray(), results);
        Assert.AreEqual(0, _working);
    }

    [TestMethod]
    public async Task RunAsync_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (int result in OrderedPipeline.RunAsync(Numbers(1000), Work, AtOnce, cancellation.Token))
            {
                if (result == 10) cancellation.Cancel();
            }
        });

        Assert.AreEqual(0, _working);
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private int Work(int i)
    {
        int working = Interlocked.Increment(ref _working);
        InterlockedMax(ref _most, working);
        Thread.SpinWait(i * 7919 % 5000);
        Thread.Sleep(i % 2);
        Interlocked.Decrement(ref _working);
        return 2 * i;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (seen < value)
        {
            int found = Interlocked.CompareExchange(ref target, value, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxSessionTest
{
    [TestMethod]
    public void Run_OnOneImage_GivesTheOutputsAskedFor()
    {
        using OnnxSession session = Open();

        using OnnxResults results = session.Run([10, 0, 0, 10, 5, 5], 1, 1, 2, ["mask"]);
        Assert.AreEqual(1, results.Count);
        byte[] mask = results[0].GetTensorDataAsSpan<byte>().ToArray();

        // Planes: red (10, 0), green (0, 10), blue (5, 5).
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, mask);
        Assert.AreEqual(1, session.Runs);
    }

    [TestMethod]
    public void Run_AfterDispose_IsObjectDisposed()
    {
        OnnxSession session = Open();
        session.Dispose();

        StringAssert.Contains(Assert.ThrowsExactly<ObjectDisposedException>(() => Run(session)).Message, "owner");
    }

    [TestMethod]
    public void Dispose_WhileRunning_WaitsForTheRun()
    {
        OnnxSession session = Open();
        using var isRunning = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        Task<float> run = Task.Run(() =>
        {
            using OnnxResults results = session.Run(new float[12], 1, 2, 2, ["probabilities"]);
            isRunning.Set();
            mayEnd.Wait();
            return results[0].GetTensorDataAsSpan<float>()[0];
        });
        isRunning.Wait();
        Task dispose = Task.Run(session.Dispose);
        SpinWait.SpinUntil(() => IsClosed(session));
        Assert.IsFalse(dispose.IsCompleted);

        mayEnd.Set();
        dispose.Wait();

        Assert.AreEqual(1f / 3, run.Result, 1e-6f);
    }

    [TestMethod]
    public void Run_FromManyThreadsUntilDisposed_NeverCrashes()
    {
        for (int round = 0; round < 20; round++)
        {
            OnnxSession session = Open();
            Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (true) Run(session);
            }))];
            SpinWait.SpinUntil(() => session.Runs > 10);
            session.Dispose();

            var error = Assert.ThrowsExactly<AggregateException>(() => Task.WaitAll(readers));
            foreach (Exception inner in error.InnerExceptions) Assert.IsInstanceOfType<ObjectDisposedException>(inner);
        }
    }

    [TestMethod]
    [DataRow(null, null, DisplayName = "any size")]
    [DataRow(4, 4, DisplayName = "small")]
    [DataRow(512, 512, DisplayName = "large")]
    public void Run_FromManyThreadsWithDefaultThreads_GivesEachItsOwn(int? height, int? width)
    {
        byte[] model = TestGraphs.BrightestChannel(height, width);
        using OnnxSession session = Open(model, "mask", threads: null);
        int rows = height ?? 3, columns = width ?? 2, size = rows * columns;

        Parallel.For(0, 24, i =>
        {
            float[] tensor = session.Tensors.Rent(3 * size);
            tensor.AsSpan().Clear();
            tensor.AsSpan(i % 3 * size, size).Fill(9);
            using OnnxResults results = session.Run(tensor, 1, rows, columns, ["mask"]);
            byte[] mask = results[0].GetTensorDataAsSpan<byte>().ToArray();
            session.Tensors.Return(tensor);
            Assert.IsFalse(mask.AsSpan().ContainsAnyExcept((byte)(i % 3)));
        });

        Assert.AreEqual(24, session.Runs);
    }

    [TestMethod]
    public void Return_ArraysOfManyCallers_KeepsAFew()
    {
        using OnnxSession session = Open();
        float[][] tensors = [.. Enumerable.Range(0, 20).Select(_ => session.Tensors.Rent(12))];
        foreach (float[] tensor in tensors) session.Tensors.Return(tensor);

        int again = Enumerable.Range(0, 20).Select(_ => session.Tensors.Rent(12)).Count(tensors.Contains);

        Assert.IsInRange(1, 8, again);
    }

    [TestMethod]
    public void Rent_ArrayOfOtherLength_IsLongEnoughAndNeverKeptWhenHuge()
    {
        using OnnxSession session = Open();
        float[] huge = new float[(1 << 24) + 1];
        session.Tensors.Return(huge);
        Assert.AreNotSame(huge, session.Tensors.Rent(12));

        session.Tensors.Return(new float[12]);
        Assert.IsGreaterThanOrEqualTo(13, session.Tensors.Rent(13).Length);
    }

    [TestMethod]
    public void Open_OneOutput_LeavesTheModelAsItWas()
    {
        byte[] model = TestGraphs.BrightestChannel(), before = [.. model];

        using OnnxSession session = Open(model, "mask");

        CollectionAssert.AreEqual(before, model);
        Assert.AreEqual(1, Run(session));
    }

    [TestMethod]
    public void Run_SizeThatTheGraphRefuses_NamesSizeAndInput()
    {
        byte[] model = TestGraphs.BrightestChannel(4, 4);
        using var session = Open(model);

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => session.Run(new float[12], 1, 2, 2, ["mask"])).Message;

        StringAssert.Contains(message, "2×2");
        StringAssert.Contains(message, "image: Single[N,3,4,4]");
    }

    [TestMethod]
    public void Run_Cancelled_EndsWithinALoopAndWhileWaitingForItsTurn()
    {
        using OnnxSession session = Open(EndlessModel.Create(), threads: null);
        using var cancellation = new CancellationTokenSource();
        Task[] runs = [.. Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => Task.Factory.StartNew(
            () => session.Run(new float[12], 1, 2, 2, ["probabilities"], cancellation.Token), TaskCreationOptions.LongRunning))];
        cancellation.CancelAfter(200);

        foreach (Task run in runs) Assert.Throws<OperationCanceledException>(() => run.GetAwaiter().GetResult());
        Assert.AreEqual(0, session.Runs);
    }

    [TestMethod]
    public void FindSizeMultiple_Cancelled_Ends()
    {
        using OnnxSession session = Open(EndlessModel.Create(), threads: null);
        using var cancellation = new CancellationTokenSource(200);

        Assert.Throws<OperationCanceledException>(() => session.FindSizeMultiple("probabilities", cancellation.Token));
    }

    [TestMethod]
    public void Open_ModelWithASecondInput_NamesIt()
    {
        byte[] model = TestGraphs.ManyClasses(3);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => Open(model)).Message;

        StringAssert.Contains(message, "needs an input factor: Int64[1] besides the image");
    }

    private static bool IsClosed(OnnxSession session)
    {
        try
        {
            Run(session);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static int Run(OnnxSession session)
    {
        using OnnxResults results = session.Run(new float[12], 1, 2, 2, ["mask"]);
        return results.Count;
    }

    private static OnnxSession Open() => Open(TestGraphs.BrightestChannel());

    private static OnnxSession Open(byte[] model, string? output = null, int? threads = 1)
    {
        var info = OnnxModelInfo.FromBytes(model);
        return OnnxSession.Open(OnnxModelSource.Of(model), info, output, info.Scores,
            new SegmentImageOptions { Threads = threads }, ExecutionDevice.Cpu, "owner");
    }
}

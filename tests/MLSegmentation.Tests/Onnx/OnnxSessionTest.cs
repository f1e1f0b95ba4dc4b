using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Onnx;
using MLSegmentation.Tests.Transforms;

namespace MLSegmentation.Tests.Onnx;

[TestClass]
public sealed class OnnxSessionTest
{
    [TestMethod]
    public void Run_OnOneImage_GivesTheOutputsAskedFor()
    {
        using OnnxSession session = Open();

        byte[] mask = session.Run([10, 0, 0, 10, 5, 5], 1, 1, 2, ["mask"], results => results.Single().GetTensorDataAsSpan<byte>().ToArray());

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
        Task<float> run = Task.Run(() => session.Run(new float[12], 1, 2, 2, ["probabilities"], results =>
        {
            isRunning.Set();
            mayEnd.Wait();
            return results.Single().GetTensorDataAsSpan<float>()[0];
        }));
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
    public void Run_SizeThatTheGraphRefuses_NamesSizeAndInput()
    {
        byte[] model = TestGraphs.BrightestChannel(4, 4);
        using var session = new OnnxSession(model, OnnxModelInfo.FromBytes(model), 1, "owner");

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => session.Run(new float[12], 1, 2, 2, ["mask"], results => results.Count)).Message;

        StringAssert.Contains(message, "2×2");
        StringAssert.Contains(message, "image: Single[?,3,4,4]");
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

    private static int Run(OnnxSession session) => session.Run(new float[12], 1, 2, 2, ["mask"], (IReadOnlyList<OrtValue> results) => results.Count);

    private static OnnxSession Open()
    {
        byte[] model = TestGraphs.BrightestChannel();
        return new OnnxSession(model, OnnxModelInfo.FromBytes(model), threads: 1, "owner");
    }
}

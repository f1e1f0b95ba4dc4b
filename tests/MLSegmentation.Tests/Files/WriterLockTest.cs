namespace MLSegmentation.Tests;

[TestClass]
public sealed class WriterLockTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lock-test-").FullName;

    private string File => Path.Combine(_folder, "it.lock");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Take_WhileItIsHeld_NamesTheHolder()
    {
        using WriterLock held = WriterLock.Take(File, "The folder 'out'");

        string message = Assert.ThrowsExactly<IOException>(() => WriterLock.Take(File, "The folder 'out'")).Message;

        StringAssert.StartsWith(message, "The folder 'out' is being written to by process ");
        StringAssert.Contains(message, $"{Environment.ProcessId} on {Environment.MachineName}, since {DateTimeOffset.Now:yyyy-}");
    }

    [TestMethod]
    public void Take_AfterDispose_SucceedsAndLeavesNoFile()
    {
        WriterLock.Take(File, "It").Dispose();
        WriterLock.Take(File, "It").Dispose();

        Assert.IsEmpty(Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Take_FileLeftByAProcessThatIsGone_Succeeds()
    {
        System.IO.File.WriteAllText(File, "process 1 on elsewhere, since long ago (mlseg)\n");

        WriterLock.Take(File, "It").Dispose();

        Assert.IsEmpty(Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Take_FromManyThreads_IsHeldByOneAtATime()
    {
        int holders = 0, most = 0, taken = 0;

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            try
            {
                using WriterLock held = WriterLock.Take(File, "It");
                most = Math.Max(most, Interlocked.Increment(ref holders));
                taken++;
                Interlocked.Decrement(ref holders);
            }
            catch (IOException)
            {
                // Another has it.
            }
        });

        Assert.AreEqual(1, most);
        Assert.IsGreaterThan(0, taken);
    }
}

namespace MLSegmentation.Tests;

[TestClass]
public sealed class TurnsTest
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Take_MoreCallersThanTurns_LetsSoManyInAtOnce(int atOnce)
    {
        const int Callers = 4;
        var turns = new Turns(atOnce);
        using var allInside = new CountdownEvent(atOnce);
        using var mayLeave = new ManualResetEventSlim();
        int inside = 0, most = 0;
        Thread[] callers = [.. Enumerable.Range(0, Callers).Select(_ => new Thread(() => turns.Take(() =>
        {
            int now = Interlocked.Increment(ref inside);
            lock (turns) most = Math.Max(most, now);
            if (!allInside.IsSet) allInside.Signal();
            mayLeave.Wait();
            return Interlocked.Decrement(ref inside);
        })))];
        foreach (Thread caller in callers) caller.Start();
        allInside.Wait();

        // Those that are inside stay there until the others wait outside, as far as they are held back.
        SpinWait.SpinUntil(() => callers.Count(caller => caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin)) == Callers);
        mayLeave.Set();
        foreach (Thread caller in callers) caller.Join();

        Assert.AreEqual(atOnce, most);
    }

    [TestMethod]
    public void Take_ActionThrows_GivesTheTurnBack()
    {
        var turns = new Turns(1);

        Assert.ThrowsExactly<FormatException>(() => turns.Take<int>(() => throw new FormatException()));

        Assert.AreEqual(3, turns.Take(() => 3));
    }

    [TestMethod]
    public void Take_AnyNumber_LetsCallersInWithinOthers()
    {
        var turns = new Turns(null);

        Assert.AreEqual(3, turns.Take(() => turns.Take(() => 3)));
    }
}

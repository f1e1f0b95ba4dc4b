namespace Fuzzing.Running;

/// <summary>The process that reads the cases; whoever started it watches it.</summary>
internal static class Worker
{
    /// <summary>A line on standard output that begins with this tells a finding: its case, a tab, what happened.</summary>
    public const string FindingMark = "finding\t";

    public static void Run(FuzzTarget target, ulong seed, long first, long end, string statePath)
    {
        using var state = new WorkerState(statePath);
        try
        {
            for (long i = first; i < end; i++)
            {
                state.Case = i;
                byte[] file = FileOf(target, seed, i);
                if (TryRead(target, file, out bool isTaken) is { } finding) Console.WriteLine($"{FindingMark}{i}\t{finding}");
                else if (isTaken) state.Taken++;
                else state.Refused++;
            }
            state.Case = end;
        }
        finally
        {
            ScratchFile.Clear();
        }
    }

    /// <summary>The file of a case; those below 0 are the seeds of the target.</summary>
    public static byte[] FileOf(FuzzTarget target, ulong seed, long index) =>
        index < 0 ? Seeds.Of(target)[(int)~index] : target.Make(FuzzRandom.Of(target.Name, seed, index));

    /// <summary>Reads one file.</summary>
    /// <returns>What was wrong, in one line; null where nothing was.</returns>
    public static string? TryRead(FuzzTarget target, byte[] file, out bool isTaken)
    {
        isTaken = false;
        try
        {
            // Targets may change what they are given.
            isTaken = target.Read([.. file]);
            return null;
        }
        catch (FindingException error)
        {
            return error.Message.ReplaceLineEndings(" ");
        }
        catch (Exception error)
        {
            string? place = error.StackTrace?.Split('\n')
                .FirstOrDefault(line => line.Contains("MLSegmentation", StringComparison.Ordinal))?.Trim();
            return $"{error.GetType().Name}: {error.Message} {place}".ReplaceLineEndings(" ");
        }
    }
}

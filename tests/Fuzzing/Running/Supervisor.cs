using System.Diagnostics;
using System.Globalization;

namespace Fuzzing.Running;

/// <summary>
/// Has cases read by a process of their own, and watches it: where it dies, takes too long over a case or too much memory, that
/// is a finding too, and another process goes on with the case after it.
/// </summary>
internal sealed class Supervisor(FuzzTarget target, ulong seed, Action<Finding> report)
{
    private const long MostBytes = 4L << 30;
    private static readonly TimeSpan _longestCase = TimeSpan.FromSeconds(10), _watch = TimeSpan.FromMilliseconds(100);

    public long Taken { get; private set; }

    public long Refused { get; private set; }

    public void Run(long first, long end)
    {
        while (first < end) first = RunWorker(first, end);
    }

    /// <summary>Lets one process go as far as it does.</summary>
    /// <returns>The case to go on with.</returns>
    private long RunWorker(long first, long end)
    {
        string statePath = Path.GetTempFileName();
        try
        {
            using var state = new WorkerState(statePath) { Case = first };
            using Process worker = Start(first, end, statePath);
            string? killed = Watch(worker, state);
            worker.WaitForExit();
            (Taken, Refused) = (Taken + state.Taken, Refused + state.Refused);
            if (killed is null && worker.ExitCode == 0) return end;
            report(new Finding(target.Name, state.Case, killed ?? $"the process ended with exit code {worker.ExitCode}"));
            return state.Case + 1;
        }
        finally
        {
            File.Delete(statePath);
        }
    }

    private Process Start(long first, long end, string statePath)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Supervisor).Assembly.Location);
        string[] arguments = ["work", target.Name, $"{seed}", $"{first}", $"{end}", statePath];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);

        // malloc's caches would hand out memory that it does not fill: see DirtyMemory.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.tcache_count=0";
        start.Environment["DOTNET_gcServer"] = "0";
        var worker = new Process { StartInfo = start };
        worker.OutputDataReceived += (_, line) => Take(line.Data);
        worker.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
                report(new Finding(target.Name, null, $"standard error has the line: {line.Data}"));
        };
        worker.Start();
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        return worker;
    }

    private void Take(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        string[] parts = line.Split('\t', 3);
        bool isFinding = line.StartsWith(Worker.FindingMark, StringComparison.Ordinal) && parts.Length == 3;
        report(isFinding
            ? new Finding(target.Name, long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2])
            : new Finding(target.Name, null, $"standard output has the line: {line}"));
    }

    /// <summary>Waits for the end. Time is the processor's, as other programs may have it too.</summary>
    /// <returns>Why the process was ended; null where it ended.</returns>
    private static string? Watch(Process worker, WorkerState state)
    {
        (long at, TimeSpan since) = (-1, default);
        while (!worker.WaitForExit(_watch))
        {
            try
            {
                worker.Refresh();
                if (state.Case != at) (at, since) = (state.Case, worker.TotalProcessorTime);
                string? why = worker.TotalProcessorTime - since > _longestCase ? $"more than {_longestCase.TotalSeconds:0} s"
                    : worker.WorkingSet64 > MostBytes ? $"more than {MostBytes >> 20} MB" : null;
                if (why is null) continue;
                worker.Kill();
                return why;
            }
            catch (InvalidOperationException)
            {
                // It ended meanwhile.
            }
        }
        return null;
    }
}

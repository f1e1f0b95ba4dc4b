using System.Diagnostics;
using System.Globalization;
using Fuzzing;
using Fuzzing.Running;
using SharpFuzz;

// run TARGET|all CASES [SEED]: reads that many cases of each target in watched processes, and prints findings and figures.
// save TARGET SEED CASE FILE: writes a case to a file. try TARGET FILE: reads a file in this process, and prints what is thrown.
// afl TARGET bytes|choices: reads the files of afl-fuzz, which starts this (see coverage.sh), or files that are made by what it
// chooses. make TARGET CHOICES FILE: writes the file that such choices make.
switch (args)
{
    case ["run", var name, var cases, .. var rest]:
        ulong seed = rest.Length > 0 ? ulong.Parse(rest[0], CultureInfo.InvariantCulture) : 1;
        int findings = 0;
        foreach (FuzzTarget target in name == "all" ? FuzzTargets.All : [FuzzTargets.Find(name)])
        {
            int own = 0;
            var watch = Stopwatch.StartNew();
            var supervisor = new Supervisor(target, seed, finding =>
            {
                Interlocked.Increment(ref own);
                Console.WriteLine($"{finding.Target}\t{seed}\t{finding.Case}\t{finding.What}");
            });
            supervisor.Run(-Seeds.Of(target).Count, long.Parse(cases, CultureInfo.InvariantCulture));
            Console.WriteLine(
                $"{target.Name}: {cases} cases, {supervisor.Taken} taken, {supervisor.Refused} refused, {own} "
                + $"findings, {watch.Elapsed.TotalMinutes:0.0} min");
            findings += own;
        }
        return findings == 0 ? 0 : 1;
    case ["work", var name, var seedText, var first, var end, var state]:
        Worker.Run(
            FuzzTargets.Find(name), ulong.Parse(seedText, CultureInfo.InvariantCulture),
            long.Parse(first, CultureInfo.InvariantCulture),
            long.Parse(end, CultureInfo.InvariantCulture), state);
        return 0;
    case ["save", var name, var seedText, var index, var path]:
        File.WriteAllBytes(
            path, Worker.FileOf(FuzzTargets.Find(name), ulong.Parse(seedText, CultureInfo.InvariantCulture),
                long.Parse(index, CultureInfo.InvariantCulture)));
        return 0;
    case ["try", var name, var path]:
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
            Console.WriteLine($"{thrown.Exception.GetType().Name}: {thrown.Exception.Message}");
        string? finding = Worker.TryRead(FuzzTargets.Find(name), File.ReadAllBytes(path), out bool isTaken);
        Console.WriteLine(finding ?? (isTaken ? "taken" : "refused"));
        return finding is null ? 0 : 1;
    case ["afl", var name, var what] when what is "bytes" or "choices":
        // They may not be entered before it listens.
        var guided = new Lazy<FuzzTarget>(() => FuzzTargets.Find(name));
        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            byte[] file = what == "bytes" ? input.ToArray() : guided.Value.Make(FuzzRandom.OfChoices(input.ToArray()));
            if (Worker.TryRead(guided.Value, file, out _) is { } finding) throw new FindingException(finding);
        });
        return 0;
    case ["make", var name, var choices, var path]:
        File.WriteAllBytes(path, FuzzTargets.Find(name).Make(FuzzRandom.OfChoices(File.ReadAllBytes(choices))));
        return 0;
    default:
        Console.Error.WriteLine(
            "usage: run TARGET|all CASES [SEED] | save TARGET SEED CASE FILE | try TARGET FILE | afl TARGET bytes|choices | make "
            + "TARGET CHOICES FILE");
        return 2;
}

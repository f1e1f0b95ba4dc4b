// Whole trainings in processes of their own, with a thread that does nothing but collect garbage: each has to end with the model
// that a training without that thread gives. Usage: TrainingStress RUNS [KIND...], where a kind is segmentation, frozen,
// autoencoder or classification.
using System.Diagnostics;
using MLSegmentation.Bench;

string[] kinds = ["segmentation", "frozen", "autoencoder", "classification"];
if (args is ["train", var kind, var manner]) return StressedTraining.Run(kind, isCollecting: manner == "collecting");
if (args.Length == 0 || !int.TryParse(args[0], out int runs))
{
    Console.Error.WriteLine($"Usage: TrainingStress RUNS [KIND...], kinds: {string.Join(", ", kinds)}");
    return 2;
}
if (args.Length > 1) kinds = args[1..];
var expected = kinds.ToDictionary(one => one, one => Train(one, "alone").Answer);
var clock = Stopwatch.StartNew();
int failures = 0;
for (int run = 0; run < runs; run++)
{
    string which = kinds[run % kinds.Length];
    var (exitCode, answer, error) = Train(which, "collecting");
    if (exitCode == 0 && answer == expected[which]) continue;
    failures++;
    string what = exitCode != 0 ? $"exit code {exitCode}: {error.Split('\n')[0]}" : $"another model, {answer}";
    Console.WriteLine($"run {run + 1}, {which}: {what}");
}
Console.WriteLine(
    $"{failures} of {runs} trainings failed ({string.Join(", ", kinds)}), in {clock.Elapsed.TotalMinutes:F1} minutes");
return failures == 0 ? 0 : 1;

static (int ExitCode, string Answer, string Error) Train(string kind, string manner)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!, ["train", kind, manner])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    using Process process = Process.Start(start)!;
    Task<string> error = process.StandardError.ReadToEndAsync();
    string answer = process.StandardOutput.ReadToEnd().Trim();
    process.WaitForExit();
    return (process.ExitCode, answer, error.Result);
}

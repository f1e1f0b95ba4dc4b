using System.Diagnostics;

namespace MLSegmentation.Cli.Tests;

/// <summary>Runs the real executable, as a user's shell does.</summary>
internal static class Mlseg
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    /// <summary>The executable.</summary>
    public static string File => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "mlseg.exe" : "mlseg");

    /// <summary>Runs it to its end.</summary>
    public static MlsegResult Run(params string[] args)
    {
        using Process process = Start(args);
        return WaitFor(process);
    }

    /// <summary>Starts it.</summary>
    public static Process Start(params string[] args) => Process.Start(StartInfo(args))!;

    /// <summary>Starts it with one thread for its networks, whose results are then equal bit for bit.</summary>
    public static Process StartWithOneThread(params string[] args)
    {
        ProcessStartInfo start = StartInfo(args);
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>
    /// Starts it as at the desk of a user whose home and temporary folder is that one: none of the variables by which ONNX
    /// Runtime knows tests and build servers is set.
    /// </summary>
    public static Process StartIn(string home, params string[] args)
    {
        ProcessStartInfo start = StartInfo(args);
        foreach (string name in start.Environment.Keys.Where(
            name => name != "PATH" && !name.StartsWith("DOTNET_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach (string name in new[] { "HOME", "TMPDIR", "XDG_CACHE_HOME" }) start.Environment[name] = home;
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end and gives what was printed.</summary>
    public static MlsegResult WaitFor(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_longest))
        {
            process.Kill();
            Assert.Fail($"mlseg did not end within {_longest.TotalMinutes} minutes. It printed: {output.Result}{error.Result}");
        }
        return new MlsegResult(process.ExitCode, output.Result, error.Result);
    }

    private static ProcessStartInfo StartInfo(string[] args) =>
        new(File, args) { RedirectStandardOutput = true, RedirectStandardError = true };
}

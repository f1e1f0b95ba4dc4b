using System.Diagnostics;
using System.Reflection;

namespace MLSegmentation.Tests;

/// <summary>Starts the programs that this project builds beside itself.</summary>
internal static class HelperProcess
{
    /// <summary>Runs a program and gives its lines; what it writes to standard error fails the test.</summary>
    public static string[] Run(string program, params IEnumerable<string> arguments)
    {
        string path = typeof(HelperProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == program).Value!;
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program}: {errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

using System.Diagnostics;
using System.Reflection;

namespace MLSegmentation.Tests;

/// <summary>Starts the programs that this project builds beside itself.</summary>
internal static class HelperProcess
{
    /// <summary>Runs a program and gives its lines; an exit code other than 0 fails the test.</summary>
    public static string[] Run(string program, params IEnumerable<string> arguments) =>
        RunIn(Environment.CurrentDirectory, program, arguments);

    /// <summary>Runs a program that writes to the folder it is started in.</summary>
    public static string[] RunIn(string folder, string program, params IEnumerable<string> arguments)
    {
        string path = typeof(HelperProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == program).Value!;
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            WorkingDirectory = folder,
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

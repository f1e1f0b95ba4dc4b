using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// A program that answers requests on the loopback address, at a port that was free, until this is disposed of.
/// </summary>
internal sealed partial class WebService : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private WebService(Process process) => _process = process;

    /// <summary>Starts a program of a compiled application of ASP.NET in a folder.</summary>
    public static WebService Start(string application, string program, string folder) => new(Process.Start(new ProcessStartInfo(
        "dotnet", ["exec", application, program, "--urls", "http://127.0.0.1:0"])
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
    })!);

    /// <summary>Where it listens, once it says so.</summary>
    public async Task<Uri> AddressAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_limit);
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match) return new Uri(match.Groups[1].Value);
            said.Add(line);
        }
        throw new InvalidOperationException($"The service ended before it listened: {string.Join('\n', said)}");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

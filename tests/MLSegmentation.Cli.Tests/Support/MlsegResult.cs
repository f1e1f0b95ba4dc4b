using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLSegmentation.Cli.Tests;

/// <summary>What a run of the executable came to.</summary>
internal sealed partial record MlsegResult(int ExitCode, string Output, string Error)
{
    /// <summary>Checks for success and reads standard output as one JSON object.</summary>
    public JsonElement Json()
    {
        RequireDone();
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Checks for success without a word on standard error.</summary>
    public void RequireDone()
    {
        Assert.AreEqual(0, ExitCode, Error);
        Assert.AreEqual("", Error);
    }

    /// <summary>
    /// Checks for an exit code, one line on standard error that holds the words, and nothing on standard output but how a
    /// training was to be.
    /// </summary>
    public void RequireError(int code, params string[] words)
    {
        Assert.AreEqual(code, ExitCode, $"{Output}{Error}");
        string[] lines =
        [
            .. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .SkipWhile(line => line.StartsWith("The encoder ", StringComparison.Ordinal)),
        ];
        string[] said = [.. lines.TakeWhile(line => line.StartsWith("  0 %  ", StringComparison.Ordinal))];
        bool isPlanned = said.Length > 0 && said[^1].EndsWith("Planned:", StringComparison.Ordinal);
        Assert.IsTrue(lines.Skip(said.Length).All(line => isPlanned && PlanRow().IsMatch(line)), Output);
        Assert.HasCount(1, Error.TrimEnd().Split('\n'), Error);
        foreach (string word in words) Assert.Contains(word, Error);
    }

    /// <summary>A choice and its value, at least two spaces between them.</summary>
    [GeneratedRegex(@"^\w[\w ]*? {2,}\S")]
    private static partial Regex PlanRow();
}

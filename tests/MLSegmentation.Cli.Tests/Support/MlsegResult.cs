using System.Text.Json;

namespace MLSegmentation.Cli.Tests;

/// <summary>What a run of the executable came to.</summary>
internal sealed record MlsegResult(int ExitCode, string Output, string Error)
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
        Assert.IsTrue(
            Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .All(line => line.StartsWith("  0 %  ", StringComparison.Ordinal)),
            Output);
        Assert.HasCount(1, Error.TrimEnd().Split('\n'), Error);
        foreach (string word in words) Assert.Contains(word, Error);
    }
}

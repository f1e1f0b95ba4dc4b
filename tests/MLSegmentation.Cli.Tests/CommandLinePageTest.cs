using System.Text.RegularExpressions;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>
/// docs/command-line.md has a section for each command, which names the options that its help has, and no other.
/// </summary>
[TestClass]
public sealed partial class CommandLinePageTest
{
    private static readonly string[] _everywhere = ["--help", "--verbose", "--version"];

    [TestMethod]
    [DataRow("train segmentation", "")]
    // Says which of its options are those of the section before.
    [DataRow("train autoencoder", "--initial-model")]
    [DataRow("check", "")]
    [DataRow("convert", "")]
    [DataRow("evaluate", "")]
    [DataRow("merge", "")]
    [DataRow("prelabel", "")]
    [DataRow("split", "")]
    // Shows the training whose record it takes.
    [DataRow("review", "--folds")]
    [DataRow("segment", "")]
    // Says what that of whoever scores with the file means.
    [DataRow("adopt", "--threshold")]
    [DataRow("info", "")]
    public void Section_OfCommand_NamesTheOptionsOfItsHelp(string command, string elsewhere)
    {
        string[] shown = [.. Options(Section(command)).Except(elsewhere.Split(' '))];

        CollectionAssert.AreEquivalent(Help(command.Split(' ')), shown);
    }

    [TestMethod]
    public void Section_OfWeights_NamesTheOptionsOfItsCommands() => CollectionAssert.AreEquivalent(
        Help("weights", "get").Union(Help("weights", "list")).ToArray(), Options(Section("weights")));

    [TestMethod]
    public void Section_ForEveryCommand_NamesWhatAllHave() =>
        CollectionAssert.AreEquivalent(_everywhere, Options(Under("## For every command")));

    private static string[] Help(params string[] command) =>
    [
        .. HelpOption().Matches(Mlseg.Run([.. command, "--help"]).Output)
            .Select(option => option.Groups[1].Value).Distinct().Except(_everywhere),
    ];

    private static string[] Options(string text) => [.. ShownOption().Matches(text).Select(option => option.Value).Distinct()];

    private static string Section(string command) => Under($"## mlseg {command}");

    private static string Under(string heading)
    {
        string page = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "command-line.md"));
        string[] parts = page.Split($"\n{heading}\n");
        Assert.HasCount(2, parts, $"docs/command-line.md has no section '{heading}'.");
        return parts[1].Split("\n## ")[0];
    }

    [GeneratedRegex(@"^ +(?:-\S+, )*(--[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex HelpOption();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex ShownOption();
}

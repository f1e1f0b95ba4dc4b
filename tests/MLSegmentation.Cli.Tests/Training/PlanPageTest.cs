using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>
/// docs/plan.md shows a plan: its command prints that table, but for the network, its weights and what a machine decides.
/// </summary>
[TestClass]
public sealed class PlanPageTest
{
    private const string Machine = "(machine)", Network = "network", Weights = "weights";

    [TestMethod]
    public void Page_Command_PrintsItsTable()
    {
        string[] blocks = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "plan.md")).Split("```");
        string[] command = blocks[1].Replace("\\\n", "", StringComparison.Ordinal)
            .Replace("data/", $"{Path.Combine(SharedData.Repository, "data")}/", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        using var folder = new TestFolder();

        MlsegResult planned = Mlseg.Run([.. command[1..].Select(word => word == "model.onnx" ? folder["model.onnx"] : word)]);

        planned.RequireDone();
        string[] shown = Lines(blocks[3]), printed = Lines(planned.Output)[^shown.Length..];
        Assert.AreSequenceEqual(shown.Select(Name), printed.Select(Name));
        Assert.AreSequenceEqual(shown.Where(IsOfImages).Select(Cells), printed.Where(IsOfImages).Select(Cells));
        Assert.AreSequenceEqual(shown.Select(line => line.EndsWith(Machine, StringComparison.Ordinal)),
            printed.Select(line => line.EndsWith(Machine, StringComparison.Ordinal)));
        Assert.IsFalse(File.Exists(folder["model.onnx"]));
    }

    private static string[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];

    private static string Name(string line) => line.Split("  ")[0];

    /// <summary>A line without what it is filled up with: other lines decide how wide a column is.</summary>
    private static string Cells(string line) =>
        string.Join("  ", line.Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Trim()));

    private static bool IsOfImages(string line) =>
        !line.EndsWith(Machine, StringComparison.Ordinal) && Name(line) is not (Network or Weights);
}

using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>Each folder of the tool refers only to those before it.</summary>
[TestClass]
public sealed class FolderOrderTest
{
    private const string Project = "MLSegmentation.Cli";
    private static readonly string[][] _order =
        [["Console"], ["Options"], ["Display", "Fetching", "Invocation", "Pictures"], ["Inputs"],
         ["Annotating", "Evaluating", "Segmenting", "Splitting", "Training"], ["Reviewing"], ["Commands"]];

    [TestMethod]
    public void Tool_EachFolder_RefersToThoseBefore() => FolderOrder.Check(typeof(CommandLine).Assembly, Project, _order);

    [TestMethod]
    public void Tool_Root_HasTheProgramAlone() => Assert.AreSequenceEqual(
        ["Program.cs"],
        Directory.GetFiles(Path.Combine(SharedData.Repository, "src", Project), "*.cs").Select(file => Path.GetFileName(file)));
}

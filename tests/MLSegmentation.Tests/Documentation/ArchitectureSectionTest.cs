using System.Text.RegularExpressions;

namespace MLSegmentation.Tests;

/// <summary>The architecture section of README.md names the folders that the projects have.</summary>
[TestClass]
public sealed partial class ArchitectureSectionTest
{
    private static readonly string[] _outputs = ["bin", "obj"];

    [TestMethod]
    [DataRow("MLSegmentation")]
    [DataRow("MLSegmentation.Training")]
    [DataRow("MLSegmentation.Cli")]
    public void Table_OfProject_NamesItsFolders(string project)
    {
        string text = File.ReadAllText(Path.Combine(SharedData.Repository, "README.md"));
        string section = text.Split("\n## Architecture\n")[1].Split("\n## ")[0];
        string[] named =
        [
            .. Row().Matches(section).Where(row => row.Groups[1].Value == project)
                .SelectMany(row => Name().Matches(row.Groups[2].Value)).Select(name => name.Groups[1].Value),
        ];
        string[] folders = [.. new DirectoryInfo(Path.Combine(SharedData.Repository, "src", project)).EnumerateDirectories()
            .Select(folder => folder.Name).Except(_outputs)];

        CollectionAssert.AreEquivalent(folders, named);
    }

    /// <summary>A row of the table: the project, its folders, what they hold.</summary>
    [GeneratedRegex(@"^\| `([\w.]+)` \| (.+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}

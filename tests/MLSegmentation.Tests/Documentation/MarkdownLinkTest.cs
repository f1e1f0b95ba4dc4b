namespace MLSegmentation.Tests;

[TestClass]
public sealed class MarkdownLinkTest
{
    [TestMethod]
    public void Links_OfEveryPage_LeadSomewhere()
    {
        var pages = MarkdownFile.All().ToDictionary(page => page.Path);
        var broken = new List<string>();
        foreach (MarkdownFile page in pages.Values)
        {
            foreach (string link in page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
            {
                string[] parts = link.Split('#', 2);
                string folder = Path.GetDirectoryName(page.Path)!;
                string target = parts[0] == "" ? page.Path : Path.GetFullPath(parts[0], folder);
                string from = Path.GetRelativePath(SharedData.Repository, page.Path);
                if (!Path.Exists(target)) broken.Add($"{from}: {link} is not there");
                else if (parts.Length == 2 && !pages[target].Anchors.Contains(parts[1]))
                    broken.Add($"{from}: {link} has no such heading");
            }
        }

        Assert.IsEmpty(broken, string.Join('\n', broken));
    }

    [TestMethod]
    public void Pages_OfDocs_AreLinkedFromTheReadMe()
    {
        string[] links = [.. new MarkdownFile(Path.Combine(SharedData.Repository, "README.md")).Links];
        string docs = Path.Combine(SharedData.Repository, "docs");
        string[] pages = [.. Directory.EnumerateFiles(docs, "*.md").Select(Path.GetFileName).Order()!];

        Assert.IsNotEmpty(pages);
        Assert.IsEmpty(pages.Where(page => !links.Contains($"docs/{page}")).ToArray());
    }

    [TestMethod]
    public void Anchors_OfHeadings_AreThoseOfGitHub()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "# `mlseg` train: a *first* look\n\n```\n# code\n```\n## FCN-8s, 16s\n## FCN-8s, 16s\n");

            string[] expected = ["mlseg-train-a-first-look", "fcn-8s-16s", "fcn-8s-16s-1"];
            Assert.AreSequenceEqual(expected, new MarkdownFile(file).Anchors.ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }
}

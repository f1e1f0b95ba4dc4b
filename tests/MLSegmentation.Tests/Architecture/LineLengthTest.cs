using System.Globalization;

namespace MLSegmentation.Tests;

/// <summary>The rule <c>max_line_length</c> of <c>.editorconfig</c>, which no build step holds.</summary>
[TestClass]
public sealed class LineLengthTest
{
    private const int Shown = 30;

    private static readonly string[] _folders = ["src", "tests", "bench", "pipelines", "data"];

    [TestMethod]
    public void Sources_EachLine_IsNoLongerThanTheEditorAllows()
    {
        int most = MaxLineLength();
        string[] tooLong =
        [
            .. from folder in _folders
               let path = Path.Combine(SharedData.Repository, folder)
               from file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
               let name = Path.GetRelativePath(SharedData.Repository, file).Replace('\\', '/')
               where !IsBuildOutput(name)
               from line in File.ReadLines(file).Index()
               where line.Item.Length > most
               orderby name, line.Index
               select string.Create(CultureInfo.InvariantCulture, $"{name}:{line.Index + 1}: {line.Item.Length} columns"),
        ];

        Assert.IsEmpty(tooLong, string.Create(CultureInfo.InvariantCulture,
            $"Expected at most {most} columns; {tooLong.Length} lines have more:\n{string.Join('\n', tooLong.Take(Shown))}"));
    }

    private static int MaxLineLength()
    {
        string rule = File.ReadLines(Path.Combine(SharedData.Repository, ".editorconfig"))
            .SkipWhile(line => line != "[*.cs]")
            .First(line => line.StartsWith("max_line_length", StringComparison.Ordinal));
        return int.Parse(rule.Split('=')[1], CultureInfo.InvariantCulture);
    }

    private static bool IsBuildOutput(string file) => file.Split('/').Any(folder => folder is "bin" or "obj");
}

using System.Text.RegularExpressions;

namespace MLSegmentation.Tests;

/// <summary>A Markdown file of the repository, as far as links are concerned.</summary>
internal sealed partial class MarkdownFile
{
    private static readonly HashSet<string> _outputs = ["bin", "obj", "out", "node_modules"];
    private readonly string _text;

    /// <summary>Reads a file.</summary>
    public MarkdownFile(string path)
    {
        Path = path;
        _text = CodeBlock().Replace(File.ReadAllText(path), "");
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Targets of links and pictures outside of code, such as <c>docs/data.md#folders</c>.</summary>
    public IEnumerable<string> Links => Link().Matches(CodeSpan().Replace(_text, "")).Select(link => link.Groups[1].Value);

    /// <summary>
    /// What a link may name behind <c>#</c>: each heading in lower case, spaces as hyphens, without other characters than
    /// letters, digits, hyphens and underscores; the second of equal ones with <c>-1</c> behind it. So GitHub makes them.
    /// </summary>
    public IEnumerable<string> Anchors
    {
        get
        {
            var seen = new Dictionary<string, int>();
            foreach (Match heading in Heading().Matches(_text))
            {
                string anchor = NoAnchor().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant().Replace(' ', '-'), "");
                int before = seen[anchor] = seen.TryGetValue(anchor, out int count) ? count + 1 : 0;
                yield return before == 0 ? anchor : $"{anchor}-{before}";
            }
        }
    }

    /// <summary>All Markdown files of the repository but those in folders of build results.</summary>
    public static IEnumerable<MarkdownFile> All() => In(SharedData.Repository).Order().Select(path => new MarkdownFile(path));

    private static IEnumerable<string> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.md"),
        .. Directory.EnumerateDirectories(folder).Where(IsSource).SelectMany(In),
    ];

    private static bool IsSource(string folder) =>
        System.IO.Path.GetFileName(folder) is var name && !name.StartsWith('.') && !_outputs.Contains(name);

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}_-]")]
    private static partial Regex NoAnchor();
}

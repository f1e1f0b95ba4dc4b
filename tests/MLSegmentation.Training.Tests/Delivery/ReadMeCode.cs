using System.Text.RegularExpressions;

namespace MLSegmentation.Training.Tests;

/// <summary>The C# code that README.md shows, as programs.</summary>
internal static partial class ReadMeCode
{
    /// <summary>The block that is a program of its own, as it answers requests until it is ended.</summary>
    public static string WebProgram(string readMe) => Blocks(readMe).Single(IsWebProgram);

    /// <summary>
    /// All other blocks one after the other, line for line as they stand there; only the order is changed to what C# asks of one file: the using
    /// directives first, then the statements, then the classes, which end a block.
    /// </summary>
    public static string Program(string readMe)
    {
        var parts = (Usings: new List<string>(), Statements: new List<string>(), Types: new List<string>());
        foreach (string block in Blocks(readMe).Where(block => !IsWebProgram(block)))
        {
            bool isType = false;
            foreach (string line in block.Split('\n'))
            {
                isType |= line.StartsWith("class ", StringComparison.Ordinal);
                (isType ? parts.Types : UsingDirective().IsMatch(line) ? parts.Usings : parts.Statements).Add(line);
            }
        }
        return string.Join('\n', [.. parts.Usings, .. parts.Statements, .. parts.Types]);
    }

    private static IEnumerable<string> Blocks(string readMe) => Block().Matches(readMe).Select(block => block.Groups[1].Value);

    private static bool IsWebProgram(string block) => block.Contains("WebApplication.", StringComparison.Ordinal);

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex UsingDirective();
}

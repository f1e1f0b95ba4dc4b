using System.Text.RegularExpressions;

namespace MLSegmentation.Training.Tests.Delivery;

/// <summary>The C# code that README.md shows, as one program.</summary>
internal static partial class ReadMeCode
{
    /// <summary>
    /// All blocks one after the other, line for line as they stand there; only the order is changed to what C# asks of one file: the using
    /// directives first, then the statements, then the classes, which end a block.
    /// </summary>
    public static string Program(string readMe)
    {
        var parts = (Usings: new List<string>(), Statements: new List<string>(), Types: new List<string>());
        foreach (Match block in Block().Matches(readMe))
        {
            bool isType = false;
            foreach (string line in block.Groups[1].Value.Split('\n'))
            {
                isType |= line.StartsWith("class ", StringComparison.Ordinal);
                (isType ? parts.Types : UsingDirective().IsMatch(line) ? parts.Usings : parts.Statements).Add(line);
            }
        }
        return string.Join('\n', [.. parts.Usings, .. parts.Statements, .. parts.Types]);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex UsingDirective();
}

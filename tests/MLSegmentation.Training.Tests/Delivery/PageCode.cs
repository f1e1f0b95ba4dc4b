using System.Text.RegularExpressions;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// The C# code that a page of the documentation shows, as programs: one of all its blocks, and one of a web service.
/// </summary>
internal static partial class PageCode
{
    /// <summary>What a project of the web SDK imports without being told.</summary>
    private static readonly string[] _webUsings =
        ["using Microsoft.AspNetCore.Builder;", "using Microsoft.AspNetCore.Http;", "using Microsoft.Extensions.Hosting;"];

    /// <summary>
    /// The programs of a page, each as a class <c>Program</c> with a method <c>RunAsync</c> in a namespace of its own, so that
    /// all pages compile as one project. Blocks stand one after the other, line for line; only the order is changed to what C#
    /// asks: the using directives first, then the statements, then the types, which end a block.
    /// </summary>
    /// <param name="page">The page's name, such as <c>scoring</c>.</param>
    /// <param name="text">The page.</param>
    /// <returns>The name of each program, <c>scoring</c> or <c>scoring-web</c>, and its code.</returns>
    public static IEnumerable<(string Name, string Code)> Programs(string page, string text)
    {
        ILookup<bool, string> blocks = Block().Matches(text).Select(block => block.Groups[1].Value).ToLookup(IsWebProgram);
        if (blocks[false].Any()) yield return (page, Program(page, [], blocks[false]));
        if (blocks[true].Any()) yield return ($"{page}-web", Program($"{page}-web", _webUsings, blocks[true]));
    }

    /// <summary>The name of a program's namespace.</summary>
    public static string Namespace(string program) => $"Page_{NoWord().Replace(program, "_")}";

    private static string Program(string name, IEnumerable<string> usings, IEnumerable<string> blocks)
    {
        var parts = (Usings: new List<string>(usings), Statements: new List<string>(), Types: new List<string>());
        foreach (string block in blocks)
        {
            bool isType = false;
            foreach (string line in block.Split('\n'))
            {
                isType |= TypeDeclaration().IsMatch(line);
                (isType ? parts.Types : UsingDirective().IsMatch(line) ? parts.Usings : parts.Statements).Add(line);
            }
        }
        return $$"""
            namespace {{Namespace(name)}}
            {
            {{string.Join('\n', parts.Usings.Distinct())}}

            internal static class Program
            {
            public static async Task RunAsync(string[] args)
            {
            await Task.CompletedTask;
            {{string.Join('\n', parts.Statements)}}
            }
            }

            {{string.Join('\n', parts.Types)}}
            }
            """;
    }

    private static bool IsWebProgram(string block) => block.Contains("WebApplication.", StringComparison.Ordinal);

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using (static |\w+ = )?[\w.]+;")]
    private static partial Regex UsingDirective();

    /// <summary>The first line of a type, or of the comment before it.</summary>
    [GeneratedRegex(@"^(/// |((public|internal|sealed|static|abstract|file) )*(class|record|struct|enum|interface) )")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\W")]
    private static partial Regex NoWord();
}

using System.Text.RegularExpressions;

namespace MLSegmentation.Cli;

/// <summary>The names of properties, as the code of a lambda has them.</summary>
internal static partial class PropertyPath
{
    /// <summary>
    /// The property that a lambda reads: of <c>options => options.Loss.Dice</c> it is <c>Loss.Dice</c>, of <c>options =>
    /// options</c> nothing.
    /// </summary>
    /// <returns>Null where the lambda does more than that.</returns>
    public static string? Of(string lambda) =>
        Lambda().Match(lambda) is { Success: true } match
            ? match.Groups["path"].Value.Replace("?", "", StringComparison.Ordinal)
            : null;

    /// <summary>The path of a property within a part of a record; null where either has none.</summary>
    public static string? Join(string? part, string? property) =>
        part is null || property is null ? null : part.Length == 0 ? property : $"{part}.{property}";

    [GeneratedRegex(@"^(\w+) => \1(?:\.(?<path>[\w.?]+))?$")]
    private static partial Regex Lambda();
}

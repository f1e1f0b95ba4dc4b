using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>An option that is needed unless another is given.</summary>
/// <param name="name">What is typed, such as <c>--masks</c>.</param>
/// <param name="other">The other, such as <c>--annotations</c>.</param>
internal sealed class AlternativeOption(string name, string other) : Option<string>(name)
{
    /// <summary>The other.</summary>
    public string Other => other;
}

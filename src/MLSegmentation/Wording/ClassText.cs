using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// Names of classes behind the words "class" and "classes" of a message. A class that nobody named is its number there, whether
/// its name is <c>0</c>, as of a model that says nothing of its classes, or <c>class 0</c>, as of a training without names.
/// </summary>
internal static class ClassText
{
    private const string Numbered = "class ";

    /// <summary>The name of a class that nobody named.</summary>
    /// <param name="index">The class, from 0.</param>
    public static string Unnamed(int index) => string.Create(CultureInfo.InvariantCulture, $"{Numbered}{index}");

    /// <summary>One class: <c>0</c> for <c>class 0</c>, any other name as it is.</summary>
    /// <param name="name">The name of the class.</param>
    public static string Of(string name) => PrintableText.Of(Short(name));

    /// <summary>Classes with commas between them, as <see cref="PrintableText.Join"/> has them.</summary>
    /// <param name="names">The names of the classes.</param>
    public static string Join(IReadOnlyList<string> names) => PrintableText.Join([.. names.Select(Short)]);

    private static string Short(string name)
    {
        if (!name.StartsWith(Numbered, StringComparison.Ordinal)) return name;
        string number = name[Numbered.Length..];
        return number.Length > 0 && number.All(char.IsAsciiDigit) ? number : name;
    }
}

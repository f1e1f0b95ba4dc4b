namespace Fuzzing;

/// <summary>Files that once showed something, as hexadecimal text: they are read before all other cases.</summary>
internal static class Seeds
{
    private const string Folder = "Seeds/";

    /// <summary>The seeds of a target, whose names begin with the target's and a dot.</summary>
    public static IReadOnlyList<byte[]> Of(FuzzTarget target) =>
        [.. typeof(Seeds).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Folder}{target.Name}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(Read)];

    private static byte[] Read(string name)
    {
        using var reader = new StreamReader(typeof(Seeds).Assembly.GetManifestResourceStream(name)!);
        return Convert.FromHexString(reader.ReadToEnd().ReplaceLineEndings(""));
    }
}

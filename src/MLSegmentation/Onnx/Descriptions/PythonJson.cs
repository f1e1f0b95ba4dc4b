namespace MLSegmentation;

/// <summary>
/// JSON as Python writes it: numbers may be <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which JSON has no words for.
/// </summary>
internal static class PythonJson
{
    private static readonly byte[][] _words = ["NaN"u8.ToArray(), "-Infinity"u8.ToArray(), "Infinity"u8.ToArray()];

    /// <summary>The same as JSON: those words become texts, and a byte order mark goes.</summary>
    public static byte[] ToJson(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text["\uFEFF"u8.Length..];
        var json = new MemoryStream(text.Length);
        bool isQuoted = false;
        while (!text.IsEmpty)
        {
            int length = 1;
            if (isQuoted) length = Math.Min(text[0] == '\\' ? 2 : 1, text.Length);
            else if (WordAt(text) is { } word)
            {
                json.WriteByte((byte)'"');
                json.Write(word);
                json.WriteByte((byte)'"');
                text = text[word.Length..];
                continue;
            }
            if (text[0] == '"') isQuoted = !isQuoted;
            json.Write(text[..length]);
            text = text[length..];
        }
        return json.ToArray();
    }

    private static byte[]? WordAt(ReadOnlySpan<byte> text)
    {
        foreach (byte[] word in _words)
        {
            if (text.StartsWith(word)) return word;
        }
        return null;
    }
}

namespace MLSegmentation;

/// <summary>What begins messages, such as <c>The model file 'a.onnx'</c>, where it stands within a sentence.</summary>
internal static class MidSentence
{
    private const string First = "The ", Within = "the ";

    /// <summary>The same with a small letter at its beginning.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) =>
        text.StartsWith(First, StringComparison.Ordinal) ? Within + text[First.Length..] : text;
}

using System.Text.RegularExpressions;

namespace MLSegmentation;

/// <summary>
/// What ONNX Runtime says of an error, as part of a message: its own words without codes and places in its source.
/// </summary>
internal static partial class OnnxErrorText
{
    private const int Longest = 250, LongestRead = 2000;

    /// <summary>Such as <c>ONNX Runtime says: Missing Input: k</c>, without an end.</summary>
    /// <param name="message">The message of its exception.</param>
    public static string Of(string message)
    {
        string text = Whitespace().Replace(message[..Math.Min(message.Length, LongestRead)], " ");
        text = Status().Replace(Code().Replace(text, ""), "");
        text = Folder().Replace(Place().Replace(text, ""), "");
        return $"ONNX Runtime says: {PrintableText.Of(text.Trim().TrimEnd('.'), Longest)}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    // One that was passed on has the function that it is from before its own code.
    [GeneratedRegex(@"^\[ErrorCode:\w+\] ?(.*\[ONNXRuntimeError\] : \d+ : \w+ : )?")]
    private static partial Regex Code();

    // A loop's error is around that of the node in it.
    [GeneratedRegex(@"Non-zero status code returned while running (\w+) node\. Name:'[^']*' Status Message: ")]
    private static partial Regex Status();

    // That of a library which does not load: what it lacks stands behind.
    [GeneratedRegex(@"(?<=Failed to load library ).*[/\\](?=\w*onnxruntime_)")]
    private static partial Regex Folder();

    // The function's name too, where it is one word.
    [GeneratedRegex(@"\S+\.(h|cc|cpp):\d+ ([A-Z]\w*[a-z]\w*[A-Z]\w* )?")]
    private static partial Regex Place();
}

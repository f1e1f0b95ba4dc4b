using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLSegmentation.Cli;

/// <summary>Prints what <c>--json</c> asks for: one object on standard output.</summary>
internal static class JsonOutput
{
    // Class names are read by people too: no escapes for letters outside ASCII. The output is no part of an HTML page.
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(object value) => Console.WriteLine(JsonSerializer.Serialize(value, _options));
}

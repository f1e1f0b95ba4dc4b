using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLSegmentation.Cli;

/// <summary>ML.NET's context as the tool has it: what the library warns of is a line on standard error.</summary>
internal static class ToolContext
{
    /// <summary>Makes one.</summary>
    /// <param name="error">Where warnings go; null for standard error.</param>
    public static MLContext Create(TextWriter? error = null)
    {
        error ??= Console.Error;
        var context = new MLContext();
        context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning) Warn(log.RawMessage, error);
        };
        return context;
    }

    /// <summary>Passes on what the library warns of without a context.</summary>
    /// <param name="message">The warning.</param>
    public static void Warn(string message) => Warn(message, Console.Error);

    private static void Warn(string message, TextWriter error) =>
        error.WriteLine($"mlseg: Warning: {OptionWords.Translate(message)}");
}

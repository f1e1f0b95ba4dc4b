using System.Text;

namespace MLSegmentation.Cli;

/// <summary>
/// Writes text on with its control characters as <see cref="PrintableText"/> shows them; lines' ends and tabs stay.
/// </summary>
internal sealed class PrintableWriter(TextWriter writer) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => writer.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (value is not null)
        {
            writer.Write(
                Shown(value, Environment.NewLine, line => Shown(line, "\t", text => PrintableText.Of(text, text.Length))));
        }
    }

    /// <inheritdoc/>
    public override void Flush() => writer.Flush();

    private static string Shown(string text, string separator, Func<string, string> show) =>
        string.Join(separator, text.Split(separator).Select(show));
}

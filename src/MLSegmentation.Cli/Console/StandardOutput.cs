using System.Text;

namespace MLSegmentation.Cli;

/// <summary>
/// A standard stream of which nothing depends: on a full disk, or closed, it is said once that what is printed is lost, and the
/// command goes on to its end.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="say">Told once, on one line, why it cannot be written to.</param>
internal sealed class StandardOutput(TextWriter inner, Action<string> say) : TextWriter
{
    private static StandardOutput? _output;
    private bool _isLost;

    /// <summary>Whether something that was printed on standard output was lost.</summary>
    public static bool IsLost => _output?._isLost == true;

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Lets the console write to its two streams through this.</summary>
    public static void Guard()
    {
        Console.SetError(new StandardOutput(Console.Error, _ => { }));
        _output = new StandardOutput(Console.Out, reason => Console.Error.WriteLine(
            $"mlseg: Standard output cannot be written to ({reason}). The command goes on; what it prints is lost."));
        if (IsClosed()) _output.Lose("it is closed");
        Console.SetOut(_output);
    }

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (_isLost) return;
        try
        {
            write();
        }
        catch (IOException error)
        {
            Lose(error.Message);
        }
        catch (UnauthorizedAccessException)
        {
            // What .NET makes of a file descriptor that is none, or is not to be written to.
            Lose("it is closed");
        }
    }

    private void Lose(string reason)
    {
        _isLost = true;
        say(reason);
    }

    // In the place of streams that are closed, the runtime has a pipe of its own.
    private static bool IsClosed() =>
        OperatingSystem.IsLinux() && new FileInfo("/proc/self/fd/1").LinkTarget is { } output
        && output.StartsWith("pipe:", StringComparison.Ordinal) && output == new FileInfo("/proc/self/fd/0").LinkTarget;
}

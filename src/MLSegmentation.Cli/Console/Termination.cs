using System.Runtime.InteropServices;

namespace MLSegmentation.Cli;

/// <summary>
/// Turns the signals that ask a process to end (Ctrl-C, SIGTERM, and SIGHUP of a terminal that is closed) into a token. A second
/// one ends the process at once, as does the time that a command has to come to its end.
/// </summary>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan _timeToSay = TimeSpan.FromSeconds(2);
    private static readonly PosixSignal[] _signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    private readonly TimeSpan _timeToEnd;
    private readonly CancellationTokenSource _asked = new();
    private readonly TaskCompletionSource _isOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <param name="timeToEnd">The longest that a command may take once it is asked to end.</param>
    public Termination(TimeSpan timeToEnd)
    {
        _timeToEnd = timeToEnd;
        _registrations = [.. _signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Waits for a command, no longer than it may take.</summary>
    /// <returns>The command's exit code, or <see cref="ExitCode.Cancelled"/> where it did not end in time.</returns>
    public async Task<int> WaitFor(Task<int> command) =>
        await Task.WhenAny(command, _isOver.Task) == command ? await command : ExitCode.Cancelled;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // What the system does of itself with a second one: nothing of the command runs any more.
        if (Interlocked.Increment(ref _count) > 1) return;
        context.Cancel = true;
        _ = EndAsync();
    }

    private async Task EndAsync()
    {
        await _asked.CancelAsync();
        await Task.Delay(_timeToSay);
        Console.Error.WriteLine("mlseg: Ending after the step at work. Ctrl-C once more ends at once.");
        await Task.Delay(_timeToEnd - _timeToSay);
        _isOver.SetResult();
    }
}

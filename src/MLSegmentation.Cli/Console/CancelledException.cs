namespace MLSegmentation.Cli;

/// <summary>Stopped by Ctrl-C, by a command that leaves something to go on from.</summary>
internal sealed class CancelledException(string message) : OperationCanceledException(message);

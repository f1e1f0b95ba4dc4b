namespace MLSegmentation.Cli;

/// <summary>The options do not fit each other or the model, which only running the command could tell.</summary>
internal sealed class UsageException(string message) : Exception(message);

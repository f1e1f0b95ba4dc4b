namespace Fuzzing;

/// <summary>What a reader did that it never should.</summary>
internal sealed class FindingException(string message) : Exception(message);

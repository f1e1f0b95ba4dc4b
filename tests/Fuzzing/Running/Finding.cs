namespace Fuzzing.Running;

/// <summary>What a case showed; the case is null where the process said something of its own.</summary>
internal sealed record Finding(string Target, long? Case, string What);

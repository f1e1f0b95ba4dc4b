namespace MLSegmentation;

/// <summary>What a transformer computes of one row or cursor.</summary>
/// <param name="Columns">The row's columns, those that are added too.</param>
/// <param name="ComputeAhead">
/// Computes ahead, on any thread, what the getters hand out, and says why the row is to be left out; null where it stays. A row
/// that cannot be computed throws when its getters are called.
/// </param>
internal sealed record RowOutputs(ActiveColumns Columns, Func<string?> ComputeAhead);

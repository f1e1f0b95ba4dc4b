namespace MLSegmentation;

/// <summary>What a transformer computes of one row.</summary>
/// <param name="Getters">One for each output column, null where it is not active.</param>
/// <param name="Compute">
/// Computes ahead, on any thread, what the getters hand out; false where the row is to be left out. A row that cannot be computed throws
/// when its getters are called.
/// </param>
internal sealed record RowOutputs(Delegate?[] Getters, Func<bool> Compute);

namespace MLSegmentation.Tests;

/// <summary>What a client asked a <see cref="LoopbackFileServer"/> for.</summary>
/// <param name="From">The first byte of the range, 0 for the whole file.</param>
/// <param name="IfRange">The tag that the file must still have for the range to make sense; null where none was said.</param>
internal sealed record ServedRequest(int From, string? IfRange);

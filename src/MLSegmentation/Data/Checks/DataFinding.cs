namespace MLSegmentation;

/// <summary>Something about a data set that its owner should know.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Check">What kind of finding it is, such as <c>image-without-mask</c>: the same for all of a kind.</param>
/// <param name="File">The file it is about; null where it is about the set or a part of it.</param>
/// <param name="Part">The part of the set, such as <c>train</c>; null where there are no parts.</param>
/// <param name="Found">What was found, such as <c>has the value 7 (12 pixels), expected 0 to 3</c>.</param>
/// <param name="Fix">What to do about it: the same for all of a kind.</param>
public sealed record DataFinding(FindingSeverity Severity, string Check, string? File, string? Part, string Found, string Fix);

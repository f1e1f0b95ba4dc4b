using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>An option, and where its value goes.</summary>
/// <param name="Option">The option.</param>
/// <param name="Property">
/// The property that it sets, such as <c>Loss.FocalGamma</c>; null where it is not one property's value.
/// </param>
/// <param name="Read">The value that a record has there.</param>
/// <param name="Apply">A record with the value of the command line there.</param>
internal sealed record OptionTarget<T>(Option Option, string? Property, Func<T, object?> Read, Func<ParseResult, T, T> Apply);

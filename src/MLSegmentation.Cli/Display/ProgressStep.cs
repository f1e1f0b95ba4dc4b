namespace MLSegmentation.Cli;

/// <summary>Where a long command stands.</summary>
/// <param name="Fraction">The part that is done, 0 to 1.</param>
/// <param name="Text">What there is to know, on one line; a table has more.</param>
/// <param name="IsMilestone">Whether a log must have the line.</param>
internal sealed record ProgressStep(double Fraction, string Text, bool IsMilestone = false);

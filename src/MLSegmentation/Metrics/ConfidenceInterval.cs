namespace MLSegmentation;

/// <summary>A range that holds a measure with a stated confidence.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper);

namespace MLSegmentation.Training;

/// <summary>What a training step costs.</summary>
/// <param name="Time">The time of a step.</param>
/// <param name="Bytes">Bytes by which the process grew at most.</param>
internal readonly record struct StepCost(TimeSpan Time, long Bytes);

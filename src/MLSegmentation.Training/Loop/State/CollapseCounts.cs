namespace MLSegmentation.Training;

/// <summary>What a <see cref="CollapseWatch"/> has seen, as a checkpoint keeps it.</summary>
/// <param name="Batches">Batches since the training began, or since the remedy.</param>
/// <param name="IsMended">Whether the remedy was taken.</param>
/// <param name="Predicted">The smoothed part of the pixels that is given each class; empty before the first.</param>
/// <param name="Labelled">The smoothed part of the pixels that has each class.</param>
/// <param name="Pending">
/// Pixels of the last few batches: those given each class, then those that have it, then ignored ones.
/// </param>
internal sealed record CollapseCounts(int Batches, bool IsMended, double[] Predicted, double[] Labelled, long[] Pending);

using Microsoft.ML;

namespace MLSegmentation;

/// <summary>One fold of <c>mlContext.Segmentation.CrossValidate</c>.</summary>
/// <param name="Fold">The fold's number, from 0.</param>
/// <param name="Model">
/// What was fitted to the rows of all other folds. It holds native memory where it is an <see cref="IDisposable"/>.
/// </param>
/// <param name="Metrics">What it comes to on this fold's rows.</param>
/// <param name="ScoredHoldOutSet">This fold's rows as the model transforms them.</param>
public sealed record CrossValidationResult(int Fold, ITransformer Model, SegmentationMetrics Metrics, IDataView ScoredHoldOutSet);

namespace MLSegmentation;

/// <summary>Reads mask files; there is nothing to learn. Made by <c>mlContext.Transforms.ReadMasks</c>.</summary>
public sealed class ReadMasksEstimator : RowEstimator<ReadMasksTransformer>
{
    internal ReadMasksEstimator(MaskReader reader, string outputColumnName, string? inputColumnName)
        : base(new ReadMasksTransformer(reader, outputColumnName, inputColumnName ?? outputColumnName))
    {
    }
}

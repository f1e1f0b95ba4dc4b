namespace MLSegmentation;

/// <summary>Reads image files; there is nothing to learn. Made by <c>mlContext.Transforms.ReadImages</c>.</summary>
public sealed class ReadImagesEstimator : RowEstimator<ReadImagesTransformer>
{
    internal ReadImagesEstimator(string outputColumnName, string? inputColumnName, string? imageFolder, SampleRange? sampleRange)
        : base(new ReadImagesTransformer(outputColumnName, inputColumnName ?? outputColumnName, imageFolder, sampleRange))
    {
    }
}

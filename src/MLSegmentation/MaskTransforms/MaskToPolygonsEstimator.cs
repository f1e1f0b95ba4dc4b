namespace MLSegmentation;

/// <summary>Turns masks into polygons; there is nothing to learn. Made by <c>mlContext.Transforms.MaskToPolygons</c>.</summary>
public sealed class MaskToPolygonsEstimator : RowEstimator<MaskToPolygonsTransformer>
{
    internal MaskToPolygonsEstimator(string outputColumnName, string? inputColumnName, string? imageColumnName)
        : base(new MaskToPolygonsTransformer(outputColumnName, inputColumnName ?? outputColumnName, imageColumnName))
    {
    }
}

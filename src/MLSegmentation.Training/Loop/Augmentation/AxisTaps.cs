namespace MLSegmentation.Training;

/// <summary>What a view takes of a sample's columns or rows.</summary>
/// <param name="Before">The first of two neighbours that a value is between. The last one of the axis is its own.</param>
/// <param name="Weights">The part of the second neighbour, 0 to below 1.</param>
/// <param name="Nearest">The one whose labels count, or <see cref="Outside"/>.</param>
internal sealed record AxisTaps(int[] Before, float[] Weights, int[] Nearest)
{
    /// <summary>Beyond the sample.</summary>
    public const int Outside = -1;
}

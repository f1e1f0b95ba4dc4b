namespace MLSegmentation.Training;

/// <summary>Shapes of weights in messages.</summary>
internal static class WeightShape
{
    /// <summary>3×3×64×128, or "one number".</summary>
    public static string Print(long[] shape) => shape.Length == 0 ? "one number" : string.Join('×', shape);
}

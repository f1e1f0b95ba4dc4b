using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>Which of an encoder's maps FCN-8s, FCN-16s and FCN-32s join on their way up (Long et al. 2015, figure 3).</summary>
internal static class FcnSkips
{
    /// <summary>The maps that are joined, the coarsest first: strides 16 and 8, 16 alone, or none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The stride is none of 8, 16 and 32.</exception>
    public static IReadOnlyList<SymbolicTensor> Select(IReadOnlyList<SymbolicTensor> features, int stride) => stride switch
    {
        8 => [features[3], features[2]],
        16 => [features[3]],
        32 => [],
        _ => throw new ArgumentOutOfRangeException(
            nameof(stride), stride, "There are FCN-8s, FCN-16s and FCN-32s; give a stride of 8, 16 or 32."),
    };
}

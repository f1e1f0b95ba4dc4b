namespace MLSegmentation.Training.Layers;

/// <summary>By what the layers of a network make its input smaller and larger.</summary>
internal static class OutputStride
{
    /// <summary>
    /// The least number whose multiples, as heights and widths, every stride divides without a remainder: 32 where a network
    /// halves five times and doubles again, 4 where it halves twice.
    /// </summary>
    public static int SizeMultiple(LayerGraph graph)
    {
        // One pixel of a value is Down / Up pixels of the input, in lowest terms; vectors have no pixels.
        var strides = new Dictionary<SymbolicTensor, (long Down, long Up)>();
        long multiple = 1;
        foreach (SymbolicTensor node in graph.Nodes.Where(node => !node.Shape.IsVector))
        {
            bool isGiven = graph.Inputs.Contains(node) || !strides.ContainsKey(node.Inputs[0]);
            var (down, up) = isGiven ? (1, 1) : strides[node.Inputs[0]];
            if (!isGiven) (down, up) = InLowestTerms(down * node.Layer.Downsampling, up * node.Layer.Upsampling);
            strides.Add(node, (down, up));
            multiple = multiple / GreatestDivisor(multiple, down) * down;
        }
        return checked((int)multiple);
    }

    private static (long Down, long Up) InLowestTerms(long down, long up)
    {
        long divisor = GreatestDivisor(down, up);
        return (down / divisor, up / divisor);
    }

    private static long GreatestDivisor(long a, long b) => b == 0 ? a : GreatestDivisor(b, a % b);
}

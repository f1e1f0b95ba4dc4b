namespace MLSegmentation;

/// <summary>Nodes that make a softmax or a sigmoid, whole or in parts.</summary>
internal static class SoftmaxNodes
{
    // Before, it took all axes from the given one on together, by default from the second.
    private const int FirstVersionOfOneAxis = 13;

    /// <summary>Whether a node <c>Softmax</c> or <c>LogSoftmax</c> is over that axis alone.</summary>
    public static bool IsSoftmaxOver(this OnnxGraph graph, OnnxNode softmax, OnnxAxis axis)
    {
        long? over = softmax.Integer("axis");
        return graph.OperatorSet >= FirstVersionOfOneAxis
            ? axis.Is(over ?? -1)
            : axis.IsLast && axis.Is(over ?? 1);
    }

    /// <summary>Whether a division is e^x by its sum over an axis.</summary>
    /// <returns>Null where it is none by such a sum.</returns>
    public static bool? IsSoftmaxQuotientOver(this OnnxGraph graph, string exponential, string sum, OnnxAxis axis)
    {
        if (graph.MakerOf(exponential) is not { Operator: "Exp" }) return null;
        if (graph.MakerOf(sum) is not { Operator: "ReduceSum" } node || node.Input(0) != exponential) return null;
        return node.Integer("keepdims") is not 0 && graph.IntegersOf(node, "axes", 1) is [var over] && axis.Is(over);
    }

    /// <summary>Whether a value is 1 + e^x.</summary>
    public static bool IsOneAndExponential(this OnnxGraph graph, string value) =>
        graph.MakerOf(value) is { Operator: "Add", Inputs: [var first, var second] }
        && ((graph.NumberOf(first) == 1 && graph.MakerOf(second) is { Operator: "Exp" })
            || (graph.NumberOf(second) == 1 && graph.MakerOf(first) is { Operator: "Exp" }));
}

using static MLSegmentation.TracedScores;

namespace MLSegmentation;

/// <summary>A sum, difference, product or quotient: what it makes of scores.</summary>
/// <param name="graph">The graph.</param>
/// <param name="node">The node.</param>
/// <param name="classes">The axis of classes of what it makes.</param>
internal readonly struct ScoreArithmetic(OnnxGraph graph, OnnxNode node, OnnxAxis classes)
{
    private const int MostInputs = 16;

    /// <summary>What the numbers are.</summary>
    /// <param name="find">What those of a node's input are, where its axis of classes is that.</param>
    public TracedScores Find(Func<string, OnnxAxis, TracedScores> find)
    {
        string first = node.Input(0), second = node.Input(1);
        switch (node.Operator)
        {
            case "Div" when graph.IsSoftmaxQuotientOver(first, second, classes) is { } isOver:
                return OfSoftmax(isOver);
            case "Div" when graph.NumberOf(first) == 1 && graph.IsOneAndExponential(second):
                return Sigmoid;
            case "Mul" when IsProductOverClasses(first, second) is { } isOver:
                return OfSoftmax(isOver);
            case "Sub" when graph.NumberOf(first) == 1 && find(second, classes) == Sigmoid:
                return Sigmoid;
        }
        List<TracedScores> inputs = [];
        bool isScaled = false;
        foreach (string input in node.Inputs.Take(MostInputs))
        {
            if (graph.ShapeOf(input) is null) inputs.Add(find(input, classes));
            else isScaled = true;
        }
        if (inputs.Exists(input => input is Softmax or Sigmoid or Fraction or Labels)) return Other;
        bool isSum = node.Operator is "Add" or "Sum" or "Sub";
        return isSum ? inputs.Contains(Logits) ? Logits : Unknown
            : inputs is [Logits] && (isScaled || node.Operator == "Neg") ? Logits
            : inputs is [Other] ? Other : Unknown;
    }

    private TracedScores OfSoftmax(bool isOverClasses) => classes.Index is null ? Unknown : isOverClasses ? Softmax : Other;

    private bool? IsProductOverClasses(string first, string second) =>
        graph.MakerOf(second) is { Operator: "Reciprocal" } right
            ? graph.IsSoftmaxQuotientOver(first, right.Input(0), classes)
            : graph.MakerOf(first) is { Operator: "Reciprocal" } left
                ? graph.IsSoftmaxQuotientOver(second, left.Input(0), classes)
                : null;
}

using static MLSegmentation.TracedScores;

namespace MLSegmentation;

/// <summary>A node that changes numbers: what it makes scores of.</summary>
/// <param name="graph">The graph.</param>
/// <param name="node">The node.</param>
/// <param name="value">The value of it that is looked at.</param>
/// <param name="classes">The value's axis of classes.</param>
/// <param name="axes">Counts the channels of values.</param>
internal readonly ref struct ScoreNode(
    OnnxGraph graph, OnnxNode node, string value, OnnxAxis classes, ClassAxisTrace axes)
{
    /// <summary>What the numbers are.</summary>
    /// <param name="find">What those of a node's input are, where its axis of classes is that.</param>
    public TracedScores Find(Func<string, OnnxAxis, TracedScores> find) => node.Operator switch
    {
        "Conv" or "ConvTranspose" or "MatMul" or "Gemm" or "Einsum" or "InstanceNormalization" or "GroupNormalization"
            or "ConvInteger" or "MatMulInteger" or "QLinearConv" or "QLinearMatMul" or "com.microsoft.FusedMatMul" => Logits,
        "BatchNormalization" or "LayerNormalization" when IsFirst => Logits,
        "com.microsoft.FusedConv" when node.Text("activation") is null or "" => Logits,
        "Softmax" => OverClasses(graph.IsSoftmaxOver(node, classes), Softmax),
        "LogSoftmax" => OverClasses(graph.IsSoftmaxOver(node, classes), Logits),
        "Log" => Input(0, find) == Softmax ? Logits : Other,
        "Exp" => graph.MakerOf(node.Input(0)) is { Operator: "LogSoftmax" } logarithm
            ? OverClasses(graph.IsSoftmaxOver(logarithm, classes), Softmax)
            : Other,
        "Sigmoid" or "HardSigmoid" or "com.microsoft.QLinearSigmoid" => Sigmoid,
        "Reciprocal" => graph.IsOneAndExponential(node.Input(0)) ? Sigmoid : Other,
        "Add" or "Sum" or "Sub" or "Mul" or "Div" or "Neg" => new ScoreArithmetic(graph, node, classes).Find(find),
        "Clip" => Cut(Input(0, find)),
        "Concat" => new ScoreParts(graph, node, classes, axes).FindJoined(find),
        "Slice" or "Split" or "Gather" => new ScoreParts(graph, node, classes, axes).FindTaken(value, find),
        "DepthToSpace" => Input(0, find) is var whole && whole == Softmax ? Unknown : whole,
        "ArgMax" => Labels,
        "TopK" => !IsFirst && graph.NumberOf(node.Input(1)) == 1 && node.Integer("largest") is not 0 ? Labels : Unknown,
        "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" => HasNumber ? Labels : Unknown,
        "Round" => Input(0, find) is Sigmoid or Labels ? Labels : Other,
        "Not" => Input(0, find),
        "Where" => graph.NumberOf(node.Input(1)) is 0 or 1 && graph.NumberOf(node.Input(2)) is 0 or 1 ? Labels : Unknown,
        "Relu" or "LeakyRelu" or "PRelu" or "Elu" or "Gelu" or "HardSwish" or "Softplus" or "Tanh" or "Abs" or "Sqrt" or "Pow"
            or "Floor" or "Ceil" or "ReduceMean" or "ReduceMax" or "com.microsoft.Gelu" => Other,
        _ => Unknown,
    };

    private bool IsFirst => node.Outputs[0] == value;

    private bool HasNumber
    {
        get
        {
            foreach (string input in node.Inputs)
            {
                if (graph.NumberOf(input) is not null) return true;
            }
            return false;
        }
    }

    private TracedScores Input(int place, Func<string, OnnxAxis, TracedScores> find) => find(node.Input(place), classes);

    private TracedScores OverClasses(bool isOver, TracedScores scores) =>
        classes.Index is null ? Unknown : isOver ? scores : Other;

    /// <summary>Numbers cut off at both ends: probabilities where nothing or little is cut off.</summary>
    private TracedScores Cut(TracedScores scores)
    {
        const double Little = 0.01;
        double? least = node.Float("min") ?? graph.NumberOf(node.Input(1)), greatest = node.Float("max")
            ?? graph.NumberOf(node.Input(2));
        return scores switch
        {
            Softmax or Sigmoid or Fraction => least is null or <= Little && greatest is null or >= 1 - Little ? scores : Other,
            Logits when least is 0 && greatest is 1 => Fraction,
            Logits => least is null or < 0 && greatest is null or > 0 ? Logits : Other,
            Labels => least is null or <= 0 ? Labels : Other,
            _ => scores,
        };
    }
}

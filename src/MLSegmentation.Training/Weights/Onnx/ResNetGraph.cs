namespace MLSegmentation.Training;

/// <summary>
/// Follows the image through a residual network of basic blocks (He et al. 2016, figure 2 and table 1), node by node, and names
/// the weights that it meets as torchvision does. Every node of the graph must be one that such a network has, in its place and
/// with the sizes that <see cref="Networks.ResNetEncoder"/> computes with.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="tensors">The tensors of the graph.</param>
internal sealed class ResNetGraph(OnnxGraph graph, IReadOnlyDictionary<string, OnnxTensorPlace> tensors)
{
    private const double Epsilon = 1e-5, EpsilonTolerance = 1e-9;
    private readonly HashSet<OnnxNode> _met = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, OnnxTensorPlace Place)> _weights = [];

    /// <summary>The weights from the image on, each with its name and place.</summary>
    /// <param name="image">The name of the graph's input.</param>
    /// <exception cref="InvalidDataException">There is a node that no such network has there.</exception>
    public IReadOnlyList<(string Name, OnnxTensorPlace Place)> Walk(string image)
    {
        string value = Relu(Convolution(Only(image, "Conv"), "conv1", "bn1", size: 7, stride: 2));
        value = Pooling(Only(value, "MaxPool"));
        for (int stage = 1, block = 0; graph.UsersOf(value) is not ([] or [{ Operator: "AveragePool" or "GlobalAveragePool" }]);)
        {
            OnnxNode first = UserOf(value, 3, "a convolution of 3×3");
            if (block > 0 && IsStrided(first)) (stage, block) = (stage + 1, 0);
            value = Block(value, first, $"layer{stage}.{block}", stride: IsStrided(first) ? 2 : 1);
            block++;
        }
        int last = graph.UsersOf(value).Count;
        if (_met.Count + last != graph.NodeCount)
        {
            throw new InvalidDataException(
                $"its graph has {graph.NodeCount} nodes, of which {_met.Count + last} are a residual network's, expected no "
                    + "other");
        }
        return _weights;
    }

    private static bool IsStrided(OnnxNode node) => node.Integers("strides") is [> 1, ..];

    /// <summary>Two convolutions, beside them nothing or a convolution of 1×1, and their sum.</summary>
    private string Block(string x, OnnxNode first, string name, int stride)
    {
        string y = Relu(Convolution(first, $"{name}.conv1", $"{name}.bn1", size: 3, stride));
        y = Convolution(Only(y, "Conv"), $"{name}.conv2", $"{name}.bn2", size: 3, stride: 1);
        OnnxNode add = Only(y, "Add");
        string shortcut = graph.UsersOf(x).Contains(add, ReferenceEqualityComparer.Instance)
            ? x
            : Convolution(
                UserOf(x, 1, "a convolution of 1×1 or the sum"), $"{name}.downsample.0", $"{name}.downsample.1", size: 1, stride);
        Require(
            graph.UsersOf(x).Count == 2 && add.Inputs.Count == 2 && add.Inputs.Contains(y) && add.Inputs.Contains(shortcut), add,
            $"adds {Join(add.Inputs)}", $"{Printed(y)} and {Printed(shortcut)}, and nothing else to take {Printed(x)}");
        return Relu(Meet(add));
    }

    /// <summary>A convolution without a bias and its batch normalisation.</summary>
    private string Convolution(OnnxNode node, string name, string normalizationName, int size, int stride)
    {
        // What lies behind an even image's last column is never seen with a stride of 2, whether it is padded or not.
        int before = size / 2, after = stride == 2 && size > 1 ? before - 1 : before;
        RequireWindow(node, size, stride, before, after);
        RequireIntegers(node, "dilations", [1, 1]);
        Require(node.Integer("group") is null or 1, node, $"has {node.Integer("group")} groups", "1");
        OnnxTensorPlace kernel = Weight(node, 1, $"{name}.weight", dimensions: 4);
        Require(
            node.Inputs.Count == 2 && kernel.Shape[2] == size && kernel.Shape[3] == size, node,
            $"takes {node.Inputs.Count} values, with weights of {WeightShape.Print(kernel.Shape)}",
            $"the map and weights of {size}×{size}");

        OnnxNode normalization = Only(Meet(node), "BatchNormalization");
        double epsilon = normalization.Float("epsilon") ?? Epsilon;
        Require(Math.Abs(epsilon - Epsilon) < EpsilonTolerance, normalization, $"has an epsilon of {epsilon}", $"{Epsilon}");
        Require(normalization.Integer("spatial") is null or 1, normalization, "is not spatial", "statistics for each channel");
        Require(normalization.Inputs.Count == 5, normalization, $"takes {normalization.Inputs.Count} values", "5");
        string[] parts = ["weight", "bias", "running_mean", "running_var"];
        for (int i = 0; i < parts.Length; i++) Weight(normalization, i + 1, $"{normalizationName}.{parts[i]}", dimensions: 1);
        return Meet(normalization);
    }

    private string Pooling(OnnxNode node)
    {
        RequireWindow(node, size: 3, stride: 2, before: 1, after: 0);
        Require(node.Integer("ceil_mode") is null or 0, node, "rounds its size up", "down");
        return Meet(node);
    }

    private string Relu(string value) => Meet(Only(value, "Relu"));

    /// <summary>The place of a weight that a node takes, which is listed under a name.</summary>
    private OnnxTensorPlace Weight(OnnxNode node, int input, string name, int dimensions)
    {
        OnnxTensorPlace? place = tensors.GetValueOrDefault(node.Input(input));
        Require(
            place?.Shape.Length == dimensions, node,
            $"takes {Printed(node.Input(input))}, {(place is null ? "no tensor of the file" : WeightShape.Print(place.Shape))}",
            $"weights with {Plural.Of(dimensions, "dimension")}");
        _weights.Add((name, place!));
        return place!;
    }

    private void RequireWindow(OnnxNode node, int size, int stride, int before, int after)
    {
        RequireIntegers(node, "kernel_shape", [size, size]);
        RequireIntegers(node, "strides", [stride, stride]);
        RequireIntegers(node, "pads", [before, before, before, before], [before, before, after, after]);
        Require(node.Text("auto_pad") is null or "NOTSET", node, "pads by itself", "pads that are given");
    }

    private static void RequireIntegers(OnnxNode node, string attribute, params long[][] expected)
    {
        var numbers = node.Integers(attribute) ?? [];
        Require(
            expected.Any(numbers.SequenceEqual), node, $"has {attribute} {string.Join(", ", numbers)}",
            string.Join(" or ", expected.Select(one => string.Join(", ", one)).Distinct()));
    }

    /// <summary>The only node that takes a value.</summary>
    private OnnxNode Only(string value, string operation) => graph.UsersOf(value) is [var node] && node.Operator == operation
        ? node
        : throw Unexpected(value, $"one {operation}");

    /// <summary>The only convolution of a size that takes a value.</summary>
    private OnnxNode UserOf(string value, int size, string expected)
    {
        OnnxNode[] nodes = [.. graph.UsersOf(value)
            .Where(node => node.Operator == "Conv" && node.Integers("kernel_shape") is [var height, _] && height == size)];
        return nodes is [var only] ? only : throw Unexpected(value, expected);
    }

    /// <summary>Passes a node, which happens once.</summary>
    /// <returns>The value that it makes.</returns>
    private string Meet(OnnxNode node)
    {
        Require(node.Outputs.Count == 1 && _met.Add(node), node, "is met twice, or makes more than one value", "a way forward");
        return node.Outputs[0];
    }

    private InvalidDataException Unexpected(string value, string expected) => new(
        $"{Printed(value)} goes to {Join(graph.UsersOf(value).Select(node => node.Operator))}, expected {expected}, as in a "
        + "residual network of basic blocks");

    private static void Require(bool isSo, OnnxNode node, string found, string expected)
    {
        if (!isSo)
        {
            throw new InvalidDataException(
                $"the {PrintableText.Of(node.Operator)} that makes {Join(node.Outputs)} {found}, expected {expected}");
        }
    }

    private static string Printed(string name) => $"'{PrintableText.Of(name)}'";

    private static string Join(IEnumerable<string> names)
    {
        const int Most = 4;
        string[] printed = [.. names.Take(Most).Select(Printed)];
        return printed.Length == 0 ? "nothing" : string.Join(", ", printed);
    }
}

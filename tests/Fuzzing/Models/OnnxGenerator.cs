namespace Fuzzing.Models;

/// <summary>
/// ONNX models (onnx.proto3): chains of operators of all kinds over an image, their attributes and shapes right and wrong.
/// </summary>
internal sealed class OnnxGenerator(FuzzRandom random, int outsidePercent = 0)
{
    private const int Float32 = 1, Int64 = 7;
    private static readonly string[] _operators =
    [
        "Conv", "Conv", "Conv", "ConvTranspose", "Relu", "Sigmoid", "Softmax", "MaxPool", "AveragePool", "GlobalAveragePool",
        "BatchNormalization", "InstanceNormalization",
        "Resize", "Upsample", "Concat", "Add", "Mul", "Sub", "Div", "Transpose", "Reshape", "Slice", "Pad", "Gather", "Squeeze",
        "Unsqueeze", "Flatten", "Gemm", "MatMul",
        "ArgMax", "ReduceMean", "Cast", "Clip", "Expand", "Tile", "DepthToSpace", "SpaceToDepth", "Identity", "Dropout",
        "Constant", "ConstantOfShape", "Shape", "Split", "LRN", "Where",
        "Erf", "HardSigmoid", "LeakyRelu", "PRelu", "QuantizeLinear", "DequantizeLinear", "TopK", "NonZero", "Range", "OneHot",
        "ScatterND", "GridSample", "RoiAlign", "If", "Loop", "Einsum", "NoSuchOperator",
    ];

    /// <summary>Operators that take one image and need no attribute.</summary>
    private static readonly string[] _unary =
        ["Relu", "Sigmoid", "Identity", "Erf", "LeakyRelu", "HardSigmoid", "Softmax", "Abs", "Neg", "Exp", "Log", "Sqrt", "Tanh",
            "Softplus", "GlobalAveragePool", "Transpose", "Flatten", "Shape", "ArgMax", "Clip"];

    private static readonly string[] _attributes =
    [
        "kernel_shape", "pads", "strides", "dilations", "group", "auto_pad", "axis", "axes", "perm", "mode", "alpha", "beta",
        "to", "blocksize", "epsilon", "ceil_mode", "output_shape", "keepdims", "scales", "value",
    ];

    private readonly List<string> _values = ["image"];
    private readonly ProtoList _graph = new();
    private int _channels;

    public static byte[] Make(FuzzRandom random)
    {
        byte[] model = new OnnxGenerator(random).Model();
        return random.Percent(15) ? Mutation.Apply(random, model) : model;
    }

    /// <summary>A model most of whose tensors lie in other files, rightly or wrongly.</summary>
    public static byte[] MakeOutside(FuzzRandom random)
    {
        byte[] model = new OnnxGenerator(random, outsidePercent: 80).Model();
        return random.Percent(25) ? Mutation.Apply(random, model) : model;
    }

    private byte[] Model()
    {
        int channels = random.Pick(1, 3);
        _channels = channels;
        long side = random.Pick(8, 8, 16, 0);
        for (int i = random.Pick(0, 1, 1, 2, 3, 5); i > 0; i--)
        {
            Node(random.Percent(40) ? "Conv" : random.Percent(70) ? random.Pick<string>(_unary) : random.Pick<string>(_operators),
                isRight: random.Percent(85));
        }
        if (random.Percent(70)) Node("Conv", isRight: true);
        if (random.Percent(60)) Node("Softmax", isRight: true);
        _graph.Text(2, "graph").Message(11, Value("image", 1, channels, side, side, isInput: true));
        for (int i = random.Pick(1, 1, 1, 2); i > 0; i--)
        {
            _graph.Message(
                12, Value(random.Percent(95) ? _values[^Math.Min(i, _values.Count)] : random.Pick("", "none", "image"), 1,
                    random.Percent(90) ? _channels : random.Extreme(), side, side, isInput: false));
        }
        var model = new ProtoList().Number(1, random.Percent(97) ? 8 : random.Extreme()).Text(2, "fuzzing").Message(7, _graph)
            .Message(
                8, new ProtoList().Text(1, random.Percent(97) ? "" : "other")
                    .Number(2, random.Percent(95) ? random.Pick(11, 13, 17) : random.Extreme()));
        for (int i = random.Pick(0, 0, 1, 2); i > 0; i--) model.Message(14, Property());
        return model.ToArray();
    }

    private ProtoList Property()
    {
        (string key, string value) = random.Pick(
            ("format", "1"), ("task", "segmentation"), ("task", "reconstruction"), ("classes", "[\"a\",\"b\"]"),
            ("classes", "[\"\\u001b[31m\",\"b\"]"), ("palette", "[\"#000000\",\"#FFFFFF\"]"),
            ("ignoreLabel", "255"), ("ignoreColour", "#FF0000"), ("sizeMultiple", "8"), ("imageWidth", "8"),
            ("sizing", "letterbox"), ("network", "\u001b]0;x\a"), ("parameters", "8"));
        if (random.Percent(80)) return new ProtoList().Text(1, $"mlsegmentation.{key}").Text(2, value);
        value = random.Pick("1", "2", "-1", "0", "32", "2147483648", "segmentation", "reconstruction", "[\"a\",\"b\"]",
            "[\"#000000\",\"#FFFFFF\"]", "[null]", "[]", "{", "#FF0000", "letterbox", "", "\u001b]0;x\a",
            "[\"\\u001b[31m\",\"b\"]", "99999999999999999999");
        return new ProtoList().Text(1, $"mlsegmentation.{key}").Text(2, value);
    }

    private static ProtoList Dimension(long size) =>
        size == 0 ? new ProtoList().Text(2, "free") : new ProtoList().Number(1, size);

    private ProtoList Value(string name, long batch, long channels, long height, long width, bool isInput)
    {
        var shape = new ProtoList();
        long[] sizes = random.Percent(97) || !isInput
            ? [batch, channels, height, width]
            : [.. Enumerable.Range(0, random.Below(6)).Select(_ => (long)random.Extreme())];
        foreach (long size in sizes) shape.Message(1, Dimension(size));
        var tensor = new ProtoList().Number(1, random.Percent(97) ? Float32 : random.Below(30));
        if (isInput || random.Percent(50)) tensor.Message(2, shape);
        return new ProtoList().Text(1, name).Message(2, new ProtoList().Message(1, tensor));
    }

    private void Node(string type, bool isRight)
    {
        string output = $"value{_values.Count}";
        var node = new ProtoList()
            .Text(1, isRight || random.Percent(80) ? _values[^1] : random.Pick<string>([.. _values, "", "none"]));
        if (type == "Conv" && isRight)
        {
            int kernel = random.Pick(1, 1, 3), outputs = random.Between(2, 4);
            node.Text(1, Tensor($"{output}.weights", Float32, outputs, Math.Max(_channels, 1), kernel, kernel));
            if (random.Percent(50)) node.Text(1, Tensor($"{output}.bias", Float32, outputs));
            node.Message(5, Integers("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2));
            _channels = outputs;
        }
        else if (isRight && type != "Softmax" && _unary.Contains(type))
        {
            // It needs nothing else.
        }
        else if (type == "Softmax" && isRight) node.Message(5, new ProtoList().Text(1, "axis").Number(3, 1).Number(20, 2));
        else
        {
            for (int i = random.Below(4); i > 0; i--)
            {
                node.Text(
                    1, random.Percent(70)
                        ? Tensor($"{output}.input{i}", random.Pick(Float32, Int64, random.Below(20)),
                            [.. Enumerable.Range(0, random.Below(5)).Select(_ => (long)random.Between(1, 4))])
                        : random.Pick<string>([.. _values, ""]));
            }
            for (int i = random.Below(4); i > 0; i--) node.Message(5, Attribute());
        }
        node.Text(2, output).Text(4, type);
        if (random.Percent(2)) node.Text(7, random.Pick("com.microsoft", "ai.onnx.ml", "other"));
        _graph.Message(1, node);
        _values.Add(output);
    }

    /// <summary>A tensor of the graph.</summary>
    /// <returns>Its name.</returns>
    private string Tensor(string name, int type, params long[] sizes)
    {
        var tensor = new ProtoList();
        long count = 1;
        foreach (long size in sizes)
        {
            tensor.Number(1, random.Below(400) > 0 ? size : random.Extreme());
            count *= size;
        }
        int numberBytes = type switch { Int64 or 11 => 8, 2 or 3 or 9 => 1, 4 or 5 or 10 or 16 => 2, _ => 4 };
        byte[] numbers = random.Bytes((int)count * numberBytes);
        if (type == Int64)
        {
            for (int i = 0; i < count; i++)
            {
                BitConverter.TryWriteBytes(numbers.AsSpan(8 * i),
                    random.Percent(85) ? random.Between(-2, 9) : (long)random.Extreme() << random.Pick(0, 16, 31));
            }
        }
        else if (type == Float32)
        {
            for (int i = 0; i < count; i++)
            {
                BitConverter.TryWriteBytes(numbers.AsSpan(4 * i),
                    random.Percent(98) ? random.Between(-9, 9) / 4f : random.Pick(float.NaN, float.PositiveInfinity, 1e30f));
            }
        }
        tensor.Number(2, type).Text(8, name);
        if (outsidePercent > 0 && random.Percent(outsidePercent)) AddOutside(tensor, numbers.Length);
        else AddInside(tensor, numbers);
        _graph.Message(5, tensor);
        return name;
    }

    private void AddOutside(ProtoList tensor, int length)
    {
        string Number(long right) => random.Percent(93) ? $"{right}"
            : random.Pick("", "-1", "x", $"{random.Extreme()}", "9223372036854775807", "99999999999999999999");
        string location = random.Percent(85) ? OutsideTarget.Weights : random.Pick<string>([.. OutsideTarget.Locations]);
        tensor.Message(13, Entry("location", location));
        if (random.Percent(70)) tensor.Message(13, Entry("offset", Number(random.Below(OutsideTarget.WeightBytes - length))));
        if (random.Percent(70)) tensor.Message(13, Entry("length", Number(length)));
        if (random.Percent(5)) tensor.Message(13, Entry(random.Pick("checksum", "location", ""), random.Pick("", "0", "none")));
        if (random.Percent(3)) tensor.Bytes(random.Pick(4, 5, 9, 10), random.Bytes(random.Pick(0, length)));
        if (random.Percent(97)) tensor.Number(14, random.Percent(97) ? 1 : random.Extreme());
    }

    private static ProtoList Entry(string key, string value) => new ProtoList().Text(1, key).Text(2, value);

    private void AddInside(ProtoList tensor, byte[] numbers)
    {
        tensor.Bytes(9, random.Percent(98) ? numbers : numbers[..(numbers.Length / 2)]);
        if (random.Below(300) == 0)
        {
            tensor.Number(14, 1)
                .Message(13, new ProtoList().Text(1, "location").Text(2, random.Pick("/etc/passwd", "../x", "weights.bin")));
        }
    }

    private static ProtoList Integers(string name, params long[] values)
    {
        var attribute = new ProtoList().Text(1, name);
        foreach (long value in values) attribute.Number(8, value);
        return attribute.Number(20, 7);
    }

    private ProtoList Attribute()
    {
        string name = random.Pick<string>(_attributes);
        long Number() => random.Percent(80) ? random.Between(-1, 5) : random.Extreme();
        return random.Below(6) switch
        {
            0 => new ProtoList().Text(1, name).Number(3, Number()).Number(20, 2),
            1 => new ProtoList().Text(1, name).Float(2, random.Between(-3, 3)).Number(20, 1),
            2 => new ProtoList().Text(1, name)
                .Text(4, random.Pick("SAME_UPPER", "VALID", "NOTSET", "linear", "nearest", "cubic", "CRD", "")).Number(20, 3),
            3 when random.Percent(30) => new ProtoList().Text(1, random.Pick("then_branch", "else_branch", "body")).Message(
                6, new ProtoList().Text(2, "inner").Message(1, new ProtoList().Text(2, "x").Text(4, "Constant"))).Number(20, 5),
            4 => new ProtoList().Text(1, name).Message(5, OneNumber()).Number(20, 4),
            _ => Integers(name, [.. Enumerable.Range(0, random.Below(6)).Select(_ => Number())]),
        };
    }

    private ProtoList OneNumber()
    {
        ProtoList tensor = new ProtoList().Number(1, 1).Number(2, Float32);
        if (outsidePercent > 0) AddOutside(tensor, sizeof(float));
        else tensor.Bytes(9, random.Bytes(sizeof(float)));
        return tensor;
    }
}

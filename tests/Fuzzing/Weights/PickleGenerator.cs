using System.Text;

namespace Fuzzing.Weights;

/// <summary>
/// Pickles of protocol 2, as PyTorch writes them of a state dict, and with instructions that it does not write.
/// </summary>
internal sealed class PickleGenerator(FuzzRandom random)
{
    private static readonly string[] _globals =
    [
        "collections\nOrderedDict", "torch._utils\n_rebuild_tensor_v2", "torch._utils\n_rebuild_tensor",
        "torch._utils\n_rebuild_parameter",
        "torch\nFloatStorage", "torch\nHalfStorage", "torch\nBFloat16Storage", "torch\nLongStorage", "os\nsystem",
        "builtins\neval", "\n", "torch\nIntStorage",
    ];

    private readonly ByteList _bytes = new();

    /// <summary>The numbers of each storage that tensors were put into.</summary>
    public List<(string Key, int Count, int NumberBytes)> Storages { get; } = [];

    public static byte[] Value(Action<PickleGenerator> write, FuzzRandom random)
    {
        var pickle = new PickleGenerator(random);
        pickle._bytes.Add(0x80, 2);
        write(pickle);
        return pickle.End();
    }

    public byte[] End()
    {
        byte[] bytes = _bytes.Add((byte)'.').ToArray();
        return random.Percent(15) ? Mutation.Apply(random, bytes) : bytes;
    }

    /// <summary>An ordered dictionary of tensors.</summary>
    public void StateDict(bool isLegacy)
    {
        Code("ccollections\nOrderedDict\n)R");
        int mark = random.Percent(90) ? 1 : 0;
        if (mark == 1) Code("(");
        for (int i = random.Between(1, 4); i > 0; i--)
        {
            Text(random.Percent(90) ? $"features.{i}.{random.Pick("weight", "bias")}" : random.Pick("", "\0", "a/b", "../x"));
            Tensor($"{Storages.Count}", isLegacy);
            if (mark == 0) Code("s");
            if (random.Percent(6)) Noise();
        }
        if (mark == 1) Code("u");
    }

    public void Code(string code) => _bytes.Text(code);

    public void Number(long number)
    {
        if (number is >= 0 and < 256 && random.Percent(50)) _bytes.Text("K").Add((byte)number);
        else if (number is >= 0 and < 65536 && random.Percent(50)) _bytes.Text("M").Short((int)number);
        else if (number == (int)number) _bytes.Text("J").Int((int)number);
        else _bytes.Add(0x8A, 8).Long((ulong)number);
    }

    public void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        _bytes.Text("X").Int(random.Percent(99) ? (uint)utf8.Length : random.Extreme()).Add(utf8);
        if (random.Percent(20)) _bytes.Text("q").Add(random.Byte());
    }

    private void Tensor(string key, bool isLegacy)
    {
        (string type, int bytes) = random.Pick(
            ("FloatStorage", 4), ("FloatStorage", 4), ("HalfStorage", 2), ("BFloat16Storage", 2), ("LongStorage", 8));
        long[] shape = [.. Enumerable.Range(0, random.Below(5)).Select(_ => (long)random.Between(random.Percent(5) ? 0 : 1, 4))];
        long count = shape.Aggregate(1L, (product, size) => product * size);
        if (random.Percent(5)) shape = [.. shape, random.Extreme()];
        if (Storages.Count > 0 && random.Percent(10)) key = Storages[0].Key;
        Storages.Add((key, (int)count, bytes));
        Code($"ctorch._utils\n{random.Pick("_rebuild_tensor_v2", "_rebuild_tensor_v2", "_rebuild_tensor")}\n((");
        Text("storage");
        Code(random.Percent(98) ? $"ctorch\n{type}\n" : $"c{random.Pick<string>(_globals)}\n");
        Text(key);
        Text("cpu");
        Number(random.Percent(96) ? count : random.Extreme());
        Code(isLegacy ? "NtQ" : "tQ");
        Number(random.Percent(95) ? 0 : random.Extreme());
        Tuple(shape);
        long[] strides = new long[shape.Length];
        for (long i = shape.Length - 1, stride = 1; i >= 0; stride *= shape[i--]) strides[i] = stride;
        if (random.Percent(10))
            strides = [.. strides.Select(_ => random.Percent(50) ? random.Below(4) : (long)random.Extreme() - 2)];
        Tuple(strides);
        _bytes.Add(0x89);
        Code("ccollections\nOrderedDict\n)RtR");
    }

    private void Tuple(long[] numbers)
    {
        Code("(");
        foreach (long number in numbers) Number(number);
        Code("t");
    }

    private void Noise()
    {
        switch (random.Below(6))
        {
            case 0: Code(random.Pick("N", "0", "2", "}", "]", ")", "(", "t", "R", "b", "a", "e", "s", "u", "Q")); break;
            case 1: Code($"c{random.Pick<string>(_globals)}\n"); break;
            case 2: Code("h"); _bytes.Add(random.Byte()); break;
            case 3: _bytes.Add(random.Pick<byte>(0x85, 0x86, 0x87, 0x88, 0x8A, 0x8B, 0x8C, 0x95)); break;
            case 4: _bytes.Text("r").Int(random.Extreme()); break;
            default: _bytes.Add(random.Byte()); break;
        }
    }
}

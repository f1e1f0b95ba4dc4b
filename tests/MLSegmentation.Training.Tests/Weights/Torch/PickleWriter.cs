using System.Buffers.Binary;
using System.Text;

namespace MLSegmentation.Training.Tests;

/// <summary>Writes pickles of protocol 2, one instruction after another.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [0x80, 2];

    public PickleWriter Code(char code)
    {
        _bytes.Add((byte)code);
        return this;
    }

    public PickleWriter Global(string module, string name)
    {
        _bytes.AddRange(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));
        return this;
    }

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Code('X').Bytes(utf8.Length);
        _bytes.AddRange(utf8);
        return this;
    }

    public PickleWriter Number(int number) => Code('J').Bytes(number);

    public PickleWriter Tuple(params int[] numbers)
    {
        Code('(');
        foreach (int number in numbers) Number(number);
        return Code('t');
    }

    /// <summary>A float tensor in rows as <c>_rebuild_tensor_v2</c> makes it, in a storage of so many numbers.</summary>
    public PickleWriter Tensor(string key, int count, int offset, int[] shape, int[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Code('(');
        Code('(').Text("storage").Global("torch", "FloatStorage").Text(key).Text("cpu").Number(count).Code('t').Code('Q');
        Number(offset).Tuple(shape).Tuple(strides).Code('\x89').Global("collections", "OrderedDict").Code(')').Code('R');
        return Code('t').Code('R');
    }

    public byte[] ToArray() => [.. _bytes, (byte)'.'];

    private PickleWriter Bytes(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
        return this;
    }
}

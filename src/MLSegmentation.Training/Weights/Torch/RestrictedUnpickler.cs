namespace MLSegmentation.Training;

/// <summary>
/// Reads one pickle of protocol 2, PyTorch's, without running anything: what it may name are the globals of
/// <see cref="TorchPickle"/>, and instructions that a state dict does not need are refused. Steps, values and memory are bounded
/// by the pickle's length (Python, <c>Lib/pickletools.py</c>).
/// </summary>
internal sealed class RestrictedUnpickler(Stream stream)
{
    private const int MostValues = 1 << 20;

    private readonly PickleStream _pickle = new(stream);
    private readonly Dictionary<int, object?> _memo = [];
    private readonly Stack<List<object?>> _marked = [];
    private List<object?> _stack = [];
    private long _copied;

    /// <summary>Reads the pickle's value; the stream stands after it then.</summary>
    /// <exception cref="InvalidDataException">The pickle is cut off, wrong, or names or does what it may not.</exception>
    public object? Load()
    {
        for (byte code = _pickle.ReadByte(); code != '.'; code = _pickle.ReadByte())
        {
            Step(code);
            if (_stack.Count + _memo.Count + _marked.Count + _copied > MostValues)
                throw new InvalidDataException($"its pickle holds more than {MostValues:N0} values");
        }
        return Pop();
    }

    private void Step(byte code)
    {
        switch (code)
        {
            case 0x80: CheckProtocol(_pickle.ReadByte()); break;
            case (byte)'c': Push(TorchPickle.Find(_pickle.ReadLine(), _pickle.ReadLine())); break;
            case (byte)'Q': Push(TorchPickle.Storage(Pop())); break;
            case (byte)'R': Call(Pop<PickleTuple>()); break;
            case (byte)'b': Pop(); break; // BUILD: the metadata of a state dict, which has no weights.

            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'K': Push((long)_pickle.ReadByte()); break;
            case (byte)'M': Push((long)_pickle.ReadUInt16()); break;
            case (byte)'J': Push((long)_pickle.ReadInt32()); break;
            case 0x8a: Push(_pickle.ReadLong()); break;
            case (byte)'G': Push(_pickle.ReadDouble()); break;
            case (byte)'X': case (byte)'T': Push(_pickle.ReadText(_pickle.ReadInt32())); break;
            case (byte)'U': Push(_pickle.ReadText(_pickle.ReadByte())); break;

            case (byte)'(': _marked.Push(_stack); _stack = []; break;
            case (byte)')': Push(new PickleTuple([])); break;
            case (byte)'t': PushTuple(PopToMark()); break;
            case 0x85: PushTuple(Pop(1)); break;
            case 0x86: PushTuple(Pop(2)); break;
            case 0x87: PushTuple(Pop(3)); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)'a': AddTo(Pop(1)); break;
            case (byte)'e': AddTo(PopToMark()); break;
            case (byte)'}': Push(new Dictionary<string, object?>()); break;
            case (byte)'s': SetIn(Pop(2)); break;
            case (byte)'u': SetIn(PopToMark()); break;

            case (byte)'q': _memo[_pickle.ReadByte()] = Peek<object?>(); break;
            case (byte)'r': _memo[_pickle.ReadInt32()] = Peek<object?>(); break;
            case (byte)'h': Push(Recall(_pickle.ReadByte())); break;
            case (byte)'j': Push(Recall(_pickle.ReadInt32())); break;
            default:
                throw new InvalidDataException(
                    $"its pickle has the instruction 0x{code:x2}, which a list of tensors does not need; it was refused");
        }
    }

    private static void CheckProtocol(byte protocol)
    {
        if (protocol != 2)
            throw new InvalidDataException(
                $"its pickle has protocol {protocol}, expected 2, PyTorch's; save it with torch.save as it is");
    }

    private void Call(PickleTuple arguments)
    {
        // A call copies a list that may be named again and again.
        _copied += arguments.Items.Sum(item => item is List<object?> list ? list.Count : 0);
        Push(TorchPickle.Call(Pop<PickleGlobal>(), arguments.Items));
    }

    private void Push(object? value) => _stack.Add(value);

    private void PushTuple(List<object?> items) => Push(new PickleTuple([.. items]));

    private object? Pop() => Pop(1)[0];

    private T Pop<T>() => Pop() is T value ? value : throw Malformed();

    private T Peek<T>() => _stack is [.., T value] ? value : throw Malformed();

    private List<object?> Pop(int count)
    {
        if (_stack.Count < count) throw Malformed();
        List<object?> values = _stack[^count..];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private List<object?> PopToMark()
    {
        if (_marked.Count == 0) throw Malformed();
        List<object?> values = _stack;
        _stack = _marked.Pop();
        return values;
    }

    private object? Recall(int index) => _memo.TryGetValue(index, out object? value) ? value : throw Malformed();

    private void AddTo(List<object?> values) => Peek<List<object?>>().AddRange(values);

    private void SetIn(List<object?> values)
    {
        var dictionary = Peek<Dictionary<string, object?>>();
        for (int i = 0; i < values.Count; i += 2)
        {
            if (i + 1 == values.Count || values[i] is not string key)
                throw new InvalidDataException("its pickle has a dictionary whose keys are no names");
            dictionary[key] = values[i + 1];
        }
    }

    private static InvalidDataException Malformed() => new("its pickle takes what it has not put there; it is damaged");
}

namespace MLSegmentation;

/// <summary>Reads the fields of one protobuf message (protobuf.dev, "Encoding"), never beyond its bytes.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private readonly int _length = message.Length;
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>The value of the current field where it is a varint; 0 elsewhere.</summary>
    public ulong Number { get; private set; }

    /// <summary>Whether the current field is a message, a text or other bytes with a length before them.</summary>
    public bool HasLength { get; private set; }

    /// <summary>The bytes of the current field where it is no varint; else empty.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Where the current field lies in the message, with its number and length.</summary>
    public Range FieldRange { get; private set; }

    /// <summary>Where <see cref="Content"/> lies in the message.</summary>
    public readonly Range ContentRange => (FieldRange.End.Value - Content.Length)..FieldRange.End.Value;

    /// <summary>Whether the message breaks off or has what no message has.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Goes to the next field; false at the end of the message and where it is damaged.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        int start = _length - _rest.Length;
        IsDamaged = !TryRead();
        FieldRange = start..(_length - _rest.Length);
        return !IsDamaged;
    }

    /// <summary>Takes a varint from the front of bytes; false, and nothing taken, where none stands there.</summary>
    public static bool TryReadVarint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10 && i < rest.Length; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] >= 0x80) continue;
            rest = rest[(i + 1)..];
            return true;
        }
        return false;
    }

    private bool TryRead()
    {
        Number = 0;
        Content = [];
        if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > int.MaxValue) return false;
        Field = (int)(tag >> 3);
        HasLength = (tag & 7) == 2;
        switch (tag & 7)
        {
            case 0:
                if (!TryReadVarint(out ulong number)) return false;
                Number = number;
                return true;
            case 1:
                return TryTake(sizeof(ulong));
            case 2:
                return TryReadVarint(out ulong length) && TryTake(length);
            case 5:
                return TryTake(sizeof(uint));
            default:
                // Groups: ONNX has none.
                return false;
        }
    }

    private bool TryTake(ulong length)
    {
        if (length > (ulong)_rest.Length) return false;
        Content = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryReadVarint(out ulong value) => TryReadVarint(ref _rest, out value);
}

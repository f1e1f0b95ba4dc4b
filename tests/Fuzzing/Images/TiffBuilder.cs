namespace Fuzzing.Images;

/// <summary>Puts a TIFF file together: blocks first, directories behind them.</summary>
internal sealed class TiffBuilder
{
    private readonly bool _isBigEndian;
    private readonly bool _isBigTiff;
    private readonly ByteList _content;
    private readonly List<uint> _directories = [];

    public TiffBuilder(bool isBigEndian, bool isBigTiff)
    {
        (_isBigEndian, _isBigTiff) = (isBigEndian, isBigTiff);
        _content = new ByteList(isBigEndian);
    }

    private int HeaderBytes => _isBigTiff ? 16 : 8;

    private uint Position => (uint)(HeaderBytes + _content.Count);

    public (uint Offset, uint Bytes) Append(byte[] block)
    {
        if ((Position & 1) == 1) _content.Add(0);
        (uint, uint) place = (Position, (uint)block.Length);
        _content.Add(block);
        return place;
    }

    public void AddDirectory(List<TiffEntry> entries) => Add(entries, 0);

    /// <summary>The file, with these entries as its first directory; the one after it may be itself.</summary>
    public byte[] Finish(FuzzRandom random, List<TiffEntry> entries)
    {
        uint next = _directories.Count > 0 ? _directories[0] : 0;
        if (random.Percent(3)) next = random.Percent(50) ? Position : random.Extreme();
        Add(entries, next);
        uint first = random.Percent(99) ? _directories[^1] : random.Extreme();
        var file = new ByteList(_isBigEndian).Text(_isBigEndian ? "MM" : "II").Short(_isBigTiff ? 43 : 42);
        if (_isBigTiff) file.Short(8).Short(0).Long(first);
        else file.Int(first);
        return file.Add(_content.ToArray()).ToArray();
    }

    private void Add(List<TiffEntry> entries, uint next)
    {
        // Values that do not fit into their entry lie before the directory.
        var fields = new ByteList(_isBigEndian);
        foreach (TiffEntry entry in entries)
        {
            byte[] values = Values(entry);
            uint count = entry.StatedCount ?? (uint)(entry.Type is 5 or 10 ? entry.Values.Length / 2 : entry.Values.Length);
            int room = _isBigTiff ? 8 : 4;
            fields.Short(entry.Tag).Short(entry.Type);
            if (_isBigTiff) fields.Long(count);
            else fields.Int(count);
            if (entry.StatedOffset is null && values.Length <= room) fields.Add(values).Add(new byte[room - values.Length]);
            else
            {
                uint offset = entry.StatedOffset ?? Append(values).Offset;
                if (_isBigTiff) fields.Long(offset);
                else fields.Int(offset);
            }
        }
        if ((Position & 1) == 1) _content.Add(0);
        _directories.Add(Position);
        if (_isBigTiff) _content.Long((ulong)entries.Count).Add(fields.ToArray()).Long(next);
        else _content.Short(entries.Count).Add(fields.ToArray()).Int(next);
    }

    private byte[] Values(TiffEntry entry)
    {
        var values = new ByteList(_isBigEndian);
        foreach (uint value in entry.Values)
        {
            _ = (entry.Type, entry.ValueBytes) switch
            {
                (5 or 10, _) => values.Int(value),
                (_, 1) => values.Add((byte)value),
                (_, 2) => values.Short((int)value),
                (_, 4) => values.Int(value),
                _ => values.Long(value),
            };
        }
        return values.ToArray();
    }
}

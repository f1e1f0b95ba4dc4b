namespace MLSegmentation.Images;

/// <summary>
/// Decompresses the indices of a GIF's picture (GIF89a, appendix F: LZW with codes that grow from 3 to 12 bits, in blocks of up to 255 bytes).
/// </summary>
internal sealed class GifIndices
{
    private const int MostCodes = 4096;
    private const int NoCode = -1;

    private readonly GifFile _file;
    private readonly int _clear;

    // Each string is another one and a last index.
    private readonly ushort[] _prefixes = new ushort[MostCodes];
    private readonly byte[] _lasts = new byte[MostCodes];
    private readonly byte[] _firsts = new byte[MostCodes];
    private readonly ushort[] _lengths = new ushort[MostCodes];

    // The string that did not fit into the row.
    private readonly byte[] _string = new byte[MostCodes];
    private int _stringAt;
    private int _stringLength;

    private int _codeBits;
    private int _next;
    private int _previous = NoCode;
    private int _position;
    private int _blockLeft;
    private uint _bits;
    private int _bitCount;

    /// <exception cref="InvalidDataException">The compressed data does not start as it must.</exception>
    public GifIndices(GifFile file)
    {
        _file = file;
        _position = file.DataStart;
        if (_position >= file.Data.Count) throw file.Truncated();
        int indexBits = file.Data[_position++];
        if (indexBits is < 1 or > 8) throw file.Damaged($"has indices of {indexBits} bits, expected 1 to 8");
        _clear = 1 << indexBits;
        for (int index = 0; index < _clear; index++) (_lasts[index], _firsts[index], _lengths[index]) = ((byte)index, (byte)index, 1);
        Clear();
    }

    /// <summary>Gives the next indices, as many as there is room for.</summary>
    /// <exception cref="InvalidDataException">The data ends before them, or has a code that there is not.</exception>
    public void Read(Span<byte> indices)
    {
        while (true)
        {
            int taken = Math.Min(_stringLength - _stringAt, indices.Length);
            _string.AsSpan(_stringAt, taken).CopyTo(indices);
            _stringAt += taken;
            indices = indices[taken..];
            if (indices.IsEmpty) return;

            int code = ReadCode();
            if (code == _clear)
            {
                Clear();
                continue;
            }
            if (code == _clear + 1) throw _file.Damaged("has a picture whose data ends before its last pixel");
            int length = Add(code);
            if (length <= indices.Length)
            {
                Unfold(code, indices[..length]);
                indices = indices[length..];
            }
            else
            {
                (_stringAt, _stringLength) = (0, length);
                Unfold(code, _string.AsSpan(0, length));
            }
        }
    }

    private void Clear()
    {
        _next = _clear + 2;
        _codeBits = int.Log2(_clear) + 1;
        _previous = NoCode;
    }

    /// <summary>Adds the string that the code before and this one make. The code may stand for just that string.</summary>
    /// <returns>The length of the code's string.</returns>
    private int Add(int code)
    {
        if (code > _next || (code == _next && (_previous == NoCode || _next == MostCodes)) || (_previous == NoCode && code > _clear))
            throw _file.Damaged("has a picture whose data has a code that stands for nothing");
        if (_previous != NoCode && _next < MostCodes)
        {
            _prefixes[_next] = (ushort)_previous;
            _lasts[_next] = _firsts[code == _next ? _previous : code];
            _firsts[_next] = _firsts[_previous];
            _lengths[_next] = (ushort)(_lengths[_previous] + 1);
            _next++;
            if (_next == 1 << _codeBits && _next < MostCodes) _codeBits++;
        }
        _previous = code;
        return _lengths[code];
    }

    private void Unfold(int code, Span<byte> indices)
    {
        for (int i = indices.Length - 1; i >= 0; i--)
        {
            indices[i] = _lasts[code];
            code = _prefixes[code];
        }
    }

    private int ReadCode()
    {
        while (_bitCount < _codeBits)
        {
            if (_blockLeft == 0)
            {
                if (_position >= _file.Data.Count) throw _file.Truncated();
                _blockLeft = _file.Data[_position++];
                if (_blockLeft == 0) throw _file.Damaged("has a picture whose data ends before its last pixel");
            }
            if (_position >= _file.Data.Count) throw _file.Truncated();
            _bits |= (uint)_file.Data[_position++] << _bitCount;
            _bitCount += 8;
            _blockLeft--;
        }
        int code = (int)(_bits & ((1u << _codeBits) - 1));
        _bits >>= _codeBits;
        _bitCount -= _codeBits;
        return code;
    }
}

using System.Runtime.InteropServices;

namespace MLSegmentation;

/// <summary>
/// Decompresses the indices of a GIF's picture (GIF89a, appendix F: LZW with codes that grow from 3 to 12 bits).
/// </summary>
internal sealed class GifIndices
{
    private const int MostCodeBits = 12;
    private const int MostStrings = 1 << MostCodeBits;
    private const int NoCode = -1;

    private readonly GifFile _file;
    private readonly ReadOnlyMemory<byte> _codes;
    private readonly int _clear;
    private readonly int _firstCodeBits;
    private readonly Entry[] _strings = new Entry[MostStrings];

    // What of the last string did not fit into the row.
    private readonly byte[] _rest = new byte[MostStrings];
    private int _restAt;
    private int _restEnd;

    private int _codeBits;
    private int _next;
    private int _previous = NoCode;
    private int _position;
    private ulong _bits;
    private int _bitCount;

    /// <exception cref="InvalidDataException">The compressed data is truncated or does not start as it must.</exception>
    public GifIndices(GifFile file)
    {
        _file = file;
        (int indexBits, _codes) = file.ReadCodes();
        if (indexBits is < 1 or > 8) throw file.Damaged($"has indices of {indexBits} bits, expected 1 to 8");
        _clear = 1 << indexBits;
        for (int index = 0; index < _clear; index++)
            _strings[index] = new Entry { Length = 1, Start = (byte)index, Last = (byte)index };
        _firstCodeBits = indexBits + 1;
        (_codeBits, _next) = (_firstCodeBits, _clear + 2);
    }

    /// <summary>Gives the next indices, as many as there is room for.</summary>
    /// <exception cref="InvalidDataException">The data ends before them, or has a code that there is not.</exception>
    public void Read(Span<byte> indices)
    {
        int at = Math.Min(_restEnd - _restAt, indices.Length);
        _rest.AsSpan(_restAt, at).CopyTo(indices);
        _restAt += at;

        // What changes with each code is kept out of memory.
        Entry[] strings = _strings;
        (int codeBits, int next, int previous) = (_codeBits, _next, _previous);
        (ulong bits, int bitCount) = (_bits, _bitCount);
        while (at < indices.Length)
        {
            if (bitCount < codeBits) (bits, bitCount) = FillBits(bits, bitCount, codeBits);
            int code = (int)bits & ((1 << codeBits) - 1);
            bits >>= codeBits;
            bitCount -= codeBits;
            if (code == _clear)
            {
                (codeBits, next, previous) = (_firstCodeBits, _clear + 2, NoCode);
                continue;
            }
            if (code == _clear + 1) throw EndsEarly();
            if (previous != NoCode)
            {
                // The string that the code before and this one make. The code may stand for just that string.
                if (code > next || (code == next && next == MostStrings)) throw StandsForNothing();
                if (next < MostStrings)
                {
                    ref Entry before = ref strings[previous];
                    byte last = (byte)(code == next ? before.Start : strings[code].Start);
                    ulong start = before.Length < sizeof(ulong)
                        ? before.Start | ((ulong)last << (8 * before.Length))
                        : before.Start;
                    strings[next++] = new Entry
                    {
                        Start = start,
                        Prefix = (ushort)previous,
                        Length = (ushort)(before.Length + 1),
                        Last = last,
                    };
                    if (next == 1 << codeBits && next < MostStrings) codeBits++;
                }
            }
            else if (code > _clear)
            {
                throw StandsForNothing();
            }
            previous = code;

            int length = strings[code].Length;
            if (length <= sizeof(ulong) && indices.Length - at >= sizeof(ulong))
            {
                // What is behind a short string is written again by the next.
                MemoryMarshal.Write(indices[at..], strings[code].Start);
                at += length;
                continue;
            }
            if (length <= indices.Length - at)
            {
                Unfold(code, indices.Slice(at, length));
                at += length;
                continue;
            }
            Unfold(code, _rest.AsSpan(0, length));
            (_restAt, _restEnd) = (indices.Length - at, length);
            _rest.AsSpan(0, _restAt).CopyTo(indices[at..]);
            at = indices.Length;
        }
        (_codeBits, _next, _previous) = (codeBits, next, previous);
        (_bits, _bitCount) = (bits, bitCount);
    }

    private void Unfold(int code, Span<byte> indices)
    {
        Entry[] strings = _strings;
        for (int i = indices.Length - 1; i >= 0; i--)
        {
            ref Entry entry = ref strings[code];
            indices[i] = entry.Last;
            code = entry.Prefix;
        }
    }

    private (ulong Bits, int Count) FillBits(ulong bits, int count, int wanted)
    {
        ReadOnlySpan<byte> rest = _codes.Span[_position..];
        if (rest.Length >= sizeof(ulong))
        {
            // As many whole bytes as there is room for.
            int bytes = (63 - count) / 8;
            _position += bytes;
            return (bits | ((MemoryMarshal.Read<ulong>(rest) & ((1UL << (8 * bytes)) - 1)) << count), count + (8 * bytes));
        }
        for (; rest.Length > 0 && count < wanted; rest = rest[1..], _position++, count += 8) bits |= (ulong)rest[0] << count;
        return count >= wanted ? (bits, count) : throw EndsEarly();
    }

    private InvalidDataException EndsEarly() => _file.Damaged("has a picture whose data ends before its last pixel");

    private InvalidDataException StandsForNothing() =>
        _file.Damaged("has a picture whose data has a code that stands for nothing");

    /// <summary>A string of indices: another one and a last index.</summary>
    private struct Entry
    {
        /// <summary>The first eight indices; the first of all is in the lowest byte.</summary>
        public ulong Start;
        public ushort Prefix;
        public ushort Length;
        public byte Last;
    }
}

using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Gives the palette indices of a BMP of 1 to 8 bits row by row, in the file's order.</summary>
internal sealed class BmpIndices(BmpFile file)
{
    /// <summary>Stands for a pixel that run lengths leave out.</summary>
    public const ushort Nothing = 256;

    private int _position = file.PixelStart;

    // Where run lengths go on: rows to be left empty before it, and the column.
    private int _emptyRows;
    private int _column;
    private bool _isAtEnd;

    /// <summary>Gives the next row.</summary>
    /// <exception cref="InvalidDataException">The file ends before it, or a run goes beyond it.</exception>
    public void Read(Span<ushort> row)
    {
        if (file.IsRunLengths) ReadRuns(row);
        else ReadPacked(row);
    }

    private void ReadPacked(Span<ushort> row)
    {
        ReadOnlySpan<byte> packed = file.Data.AsSpan(_position, file.RowBytes);
        _position += file.RowBytes;
        if (file.Bits == 8) TensorPrimitives.ConvertTruncating(packed[..row.Length], row);
        else PackedSamples.Unpack(packed, file.Bits, row.Length, row);
    }

    private void ReadRuns(Span<ushort> row)
    {
        row.Fill(Nothing);
        if (_emptyRows > 0)
        {
            _emptyRows--;
            return;
        }
        while (!_isAtEnd)
        {
            int count = Next(), value = Next();
            if (count > 0)
            {
                Check(count, row);
                for (int i = 0; i < count; i++) row[_column++] = Index(value, i);
                continue;
            }
            switch (value)
            {
                case 0:
                    _column = 0;
                    return;
                case 1:
                    _isAtEnd = true;
                    break;
                case 2:
                    _column += Next();
                    _emptyRows = Next();
                    if (_column > row.Length) throw file.Damaged("has run lengths that leave the image");
                    if (_emptyRows == 0) break;
                    _emptyRows--;
                    return;
                default:
                    ReadLiteral(value, row);
                    break;
            }
        }
    }

    /// <summary>Indices as they are, up to an even number of bytes.</summary>
    private void ReadLiteral(int count, Span<ushort> row)
    {
        Check(count, row);
        int perByte = 8 / file.Bits, bytes = (count + perByte - 1) / perByte, value = 0;
        for (int i = 0; i < count; i++)
        {
            if (i % perByte == 0) value = Next();
            row[_column++] = Index(value, i);
        }
        if ((bytes & 1) != 0) Next();
    }

    /// <summary>The index of a run's pixel: the two halves of a byte take turns where an index has four bits.</summary>
    private ushort Index(int value, int number) => (ushort)(file.Bits == 8 ? value : number % 2 == 0 ? value >> 4 : value & 15);

    private void Check(int count, Span<ushort> row)
    {
        if (count > row.Length - _column) throw file.Damaged("has run lengths that leave the image");
    }

    private byte Next() => _position < file.Data.Count
        ? file.Data[_position++]
        : throw file.Damaged($"ends after {file.Data.Count} bytes, within its run lengths");
}

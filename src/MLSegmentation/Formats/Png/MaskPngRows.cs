namespace MLSegmentation;

/// <summary>
/// Takes the rows of a mask from top to bottom, as keys, and writes them as the values of <see cref="MaskPng"/>.
/// </summary>
internal sealed class MaskPngRows
{
    private readonly IndexedPngRows? _indexed;
    private readonly Gray16PngRows? _gray;
    private readonly byte[] _indices = [];
    private readonly ushort[] _values = [];

    /// <summary>Rows of up to 255 classes.</summary>
    public MaskPngRows(int width, IndexedPngRows rows) => (_indexed, _indices) = (rows, new byte[width]);

    /// <summary>Rows of 256 classes and more.</summary>
    public MaskPngRows(int width, Gray16PngRows rows) => (_gray, _values) = (rows, new ushort[width]);

    /// <summary>Writes the next row: 0 is no class and k + 1 class k.</summary>
    public void Write(ReadOnlySpan<uint> keys)
    {
        if (_indexed is not null)
        {
            MaskPng.ToIndices(keys, _indices);
            _indexed.Write(_indices);
        }
        if (_gray is not null)
        {
            MaskPng.ToValues(keys, _values);
            _gray.Write(_values);
        }
    }
}

namespace MLSegmentation;

/// <summary>Makes the bits of a brush of Label Studio: see <see cref="BrushRunLengths"/>.</summary>
/// <remarks>Source: <c>encode_rle</c> in <c>label_studio_sdk.converter.brush</c>.</remarks>
internal sealed class BrushEncoder
{
    private const int Channels = 4, CountBits = 32, WordBits = 5, Word = 8, SizeBits = 4, RunBits = 1, IndexBits = 2;
    private static readonly int[] _sizes = [3, 4, 8, 16];

    private readonly List<byte> _bytes = [];
    private int _free;

    private BrushEncoder()
    {
    }

    /// <summary>The bytes of a region.</summary>
    /// <param name="runs">Its pixels, row by row.</param>
    /// <param name="width">Width of the image in pixels.</param>
    /// <param name="height">Height of the image in pixels.</param>
    public static byte[] Encode(IEnumerable<PixelRun> runs, int width, int height)
    {
        var encoder = new BrushEncoder();
        encoder.Write((uint)(width * height * Channels), CountBits);
        encoder.Write(Word - 1, WordBits);
        foreach (int size in _sizes) encoder.Write((uint)size - 1, SizeBits);
        int end = 0;
        foreach (PixelRun run in runs)
        {
            int start = (run.Y * width) + run.Left;
            encoder.WriteRun(0, start - end);
            encoder.WriteRun(byte.MaxValue, run.Right - run.Left);
            end = start + run.Right - run.Left;
        }
        encoder.WriteRun(0, (width * height) - end);
        return [.. encoder._bytes];
    }

    /// <summary>Writes pixels of one value, in runs that are no longer than the largest size holds.</summary>
    private void WriteRun(byte value, int pixels)
    {
        for (int rest = pixels * Channels; rest > 0;)
        {
            int length = Math.Min(rest, 1 << _sizes[^1]), index = Array.FindIndex(_sizes, size => length <= 1 << size);
            Write(1, RunBits);
            Write((uint)index, IndexBits);
            Write((uint)length - 1, _sizes[index]);
            Write(value, Word);
            rest -= length;
        }
    }

    /// <summary>Writes a number, its highest bit first.</summary>
    private void Write(uint value, int bits)
    {
        for (int bit = bits - 1; bit >= 0; bit--)
        {
            if (_free == 0)
            {
                _bytes.Add(0);
                _free = 8;
            }
            _free--;
            _bytes[^1] |= (byte)(((value >> bit) & 1) << _free);
        }
    }
}

namespace MLSegmentation;

/// <summary>
/// Masks as PNG files whose values are class numbers. Up to 255 classes make an indexed PNG, as PASCAL VOC has them: 255 is no
/// class, and viewers show the classes' colours. More make a gray PNG of 16 bits, in which 65535 is no class; viewers show it
/// nearly black.
/// </summary>
public static class MaskPng
{
    /// <summary>The value of pixels without a class in a mask of up to 255 classes.</summary>
    public const byte NoClass = 255;

    /// <summary>The value of pixels without a class in a mask of 256 classes and more.</summary>
    public const ushort NoClassOfMany = 65535;

    // VOC's colour of what is void.
    private static readonly Rgb _noClassColour = new(224, 224, 192);

    /// <summary>Writes a mask.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="keys">Row by row: 0 is no class, k + 1 is class k.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="palette">A colour for each class, 65535 at most.</param>
    /// <exception cref="ArgumentException">
    /// A size is out of range, there are too many classes, or a key has no colour.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<uint> keys, int width, int height, IReadOnlyList<Rgb> palette)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Write(keys, width, height, palette, write => AtomicFile.Write(path, write));
    }

    /// <summary>Writes a mask to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{uint}, int, int, IReadOnlyList{Rgb})"/>
    public static void Write(Stream stream, ReadOnlySpan<uint> keys, int width, int height, IReadOnlyList<Rgb> palette)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Write(keys, width, height, palette, write => write(stream));
    }

    /// <summary>The bytes of a mask's file, such as a web service answers.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{uint}, int, int, IReadOnlyList{Rgb})"/>
    public static byte[] Encode(ReadOnlySpan<uint> keys, int width, int height, IReadOnlyList<Rgb> palette)
    {
        byte[] file = [];
        Write(keys, width, height, palette, write => file = PngWriter.Encode(write));
        return file;
    }

    /// <summary>Writes a mask that comes row by row and may be larger than memory.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="palette">A colour for each class, 65535 at most.</param>
    /// <param name="write">Gives the rows, all of them.</param>
    /// <exception cref="ArgumentException">A size is out of range, or there are too many classes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Write(string path, int width, int height, IReadOnlyList<Rgb> palette, Action<MaskPngRows> write)
    {
        CheckClasses(palette);
        if (palette.Count > NoClass) PngWriter.WriteGray16(path, width, height, rows => write(new MaskPngRows(width, rows)));
        else PngWriter.WriteIndexed(path, width, height, WithNoClass(palette), rows => write(new MaskPngRows(width, rows)));
    }

    /// <summary>The key that a value in the mask of so many classes stands for.</summary>
    internal static uint KeyOf(ushort value, int classes) =>
        value == (classes > NoClass ? NoClassOfMany : NoClass) ? 0u : value + 1u;

    /// <summary>The values of keys in a mask of up to 255 classes: key 0 becomes 255, the byte below 0.</summary>
    internal static void ToIndices(ReadOnlySpan<uint> keys, Span<byte> indices)
    {
        for (int i = 0; i < keys.Length; i++) indices[i] = (byte)(keys[i] - 1);
    }

    /// <summary>The same in a mask of more classes: key 0 becomes 65535.</summary>
    internal static void ToValues(ReadOnlySpan<uint> keys, Span<ushort> values)
    {
        for (int i = 0; i < keys.Length; i++) values[i] = (ushort)(keys[i] - 1);
    }

    /// <summary>
    /// Gives what writes a mask to a stream, which holds one row beside the keys, to <paramref name="use"/>; it is good until
    /// that returns.
    /// </summary>
    private static unsafe void Write(
        ReadOnlySpan<uint> keys, int width, int height, IReadOnlyList<Rgb> palette, Action<Action<Stream>> use)
    {
        ArgumentNullException.ThrowIfNull(palette);
        MaskLength.Check(keys.Length, width, height);
        int wrong = keys.IndexOfAnyExceptInRange(0u, (uint)palette.Count);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The mask has the key {keys[wrong]}, but there are colours for {palette.Count} classes alone.", nameof(keys));
        }
        CheckClasses(palette);
        IReadOnlyList<Rgb> colours = palette.Count <= NoClass && keys.Contains(0u) ? WithNoClass(palette) : palette;
        fixed (uint* first = keys)
        {
            nint start = (nint)first;
            void WriteRows(MaskPngRows rows)
            {
                for (int y = 0; y < height; y++) rows.Write(new ReadOnlySpan<uint>((uint*)start + ((long)y * width), width));
            }
            if (palette.Count > NoClass)
                use(PngWriter.WritingGray16(width, height, rows => WriteRows(new MaskPngRows(width, rows))));
            else use(PngWriter.WritingIndexed(width, height, colours, rows => WriteRows(new MaskPngRows(width, rows))));
        }
    }

    private static void CheckClasses(IReadOnlyList<Rgb> palette)
    {
        if (palette.Count > NoClassOfMany)
        {
            throw new ArgumentException(
                $"There are {palette.Count} classes, but a PNG mask holds {NoClassOfMany} at most.", nameof(palette));
        }
    }

    /// <summary>A palette of 256 colours, of which the last stands for no class.</summary>
    private static Rgb[] WithNoClass(IReadOnlyList<Rgb> palette) =>
        [.. palette, .. Enumerable.Repeat(default(Rgb), NoClass - palette.Count), _noClassColour];
}

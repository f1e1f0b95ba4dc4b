namespace MLSegmentation;

/// <summary>
/// What a mask file of any lossless format holds: one number a pixel as it stands in the file, neither scaled nor turned into a
/// colour; or colours of 8 bits a channel.
/// </summary>
internal sealed class MaskImage : IDisposable
{
    private readonly DecodedImage? _pixels;
    private IDisposable? _share;

    private MaskImage(
        int width, int height, MaskColours kind, ushort[] indices, IReadOnlyList<Rgb> palette, DecodedImage? pixels = null) =>
        (Width, Height, Kind, Indices, Palette, _pixels) = (width, height, kind, indices, palette, pixels);

    public int Width { get; }

    public int Height { get; }

    public MaskColours Kind { get; }

    /// <summary>Row by row, one gray value or palette index a pixel; empty for colours.</summary>
    public ushort[] Indices { get; }

    /// <summary>
    /// The colour of each palette index, or of each gray value; empty for colours. An index may go beyond a palette.
    /// </summary>
    public IReadOnlyList<Rgb> Palette { get; }

    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="values">Row by row, one gray value a pixel, each 0 to 2^depth - 1.</param>
    /// <param name="depth">Bits of a value, 1 to 16.</param>
    public static MaskImage OfGray(int width, int height, ushort[] values, int depth)
    {
        int largest = (1 << depth) - 1;
        Rgb[] grays = [.. Enumerable.Range(0, largest + 1)
            .Select(value => PackedSamples.ToByte(value, largest)).Select(gray => new Rgb(gray, gray, gray))];
        return new MaskImage(width, height, MaskColours.Gray, values, grays);
    }

    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="indices">Row by row, one palette index a pixel.</param>
    /// <param name="palette">The colour of each index.</param>
    public static MaskImage OfPalette(int width, int height, ushort[] indices, IReadOnlyList<Rgb> palette) =>
        new(width, height, MaskColours.Palette, indices, palette);

    /// <param name="pixels">The colours, which are disposed of with this.</param>
    public static MaskImage OfColours(DecodedImage pixels) => new(pixels.Width, pixels.Height, MaskColours.Rgb, [], [], pixels);

    /// <summary>Reads indices as soon as there is memory for them, which is taken until the mask is disposed of.</summary>
    /// <param name="numbers">How many numbers of 16 bits are held while it is read.</param>
    /// <param name="decoderBytes">What its decoder takes besides.</param>
    /// <param name="read">Reads it.</param>
    public static MaskImage OfIndices(long numbers, long decoderBytes, Func<MaskImage> read)
    {
        IDisposable share = ImageMemory.Take((numbers * sizeof(ushort)) + decoderBytes);
        try
        {
            MaskImage mask = read();
            mask._share = share;
            return mask;
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>The colour of a pixel, counted row by row.</summary>
    /// <exception cref="InvalidDataException">The palette has none for its index.</exception>
    public Rgb ColourOf(int pixel, string name)
    {
        if (Kind == MaskColours.Rgb)
        {
            ReadOnlySpan<byte> bgra = _pixels!.Pixels.Slice(4 * pixel, 3);
            return new Rgb(bgra[2], bgra[1], bgra[0]);
        }
        int index = Indices[pixel];
        return index < Palette.Count ? Palette[index]
            : throw ImageFile.Damaged(name, $"has the palette index {index}, but a palette of {Palette.Count} colours");
    }

    public void Dispose()
    {
        _pixels?.Dispose();
        _share?.Dispose();
    }
}

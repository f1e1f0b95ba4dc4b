namespace MLSegmentation;

/// <summary>
/// The labels of a mask file, and what they are taken from. Programs that save images anew keep what these look like, not how a
/// palette numbers its colours: ImageMagick numbers them as they come, from the first pixel on.
/// </summary>
/// <param name="Image">The labels.</param>
/// <param name="Basis">What they are taken from.</param>
internal sealed record MaskLabels(LabelImage Image, LabelBasis Basis)
{
    /// <summary>Gray levels below this are too dark to be looked at: they are numbers.</summary>
    private const int DarkLevels = 32;

    /// <summary>A palette of more grays than this is a gray image, no list of classes.</summary>
    private const int MostGrayClasses = 16;

    /// <summary>Takes the labels of a mask.</summary>
    /// <param name="mask">What its file holds.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="reader">What values and colours stand for.</param>
    /// <returns>The labels; null for a mask of colours where none is known.</returns>
    /// <exception cref="InvalidDataException">
    /// The mask has a colour that stands for nothing, or its palette lacks an index.
    /// </exception>
    public static MaskLabels? TryTake(MaskImage mask, string name, MaskReader reader)
    {
        bool isMixed = reader.Options.AllowIndices;
        if (reader.Colours is { } colours && (!isMixed || HoldsColours(mask, name, reader, colours)))
            return new MaskLabels(LabelImageReader.Read(mask, name, colours), LabelBasis.Colours);
        if (mask.Kind == MaskColours.Gray) return Of(mask, mask.Indices, LabelBasis.Values);
        if (mask.Kind == MaskColours.Palette && !HoldsGrayLevels(mask, name, reader))
            return Of(mask, mask.Indices, LabelBasis.Values);
        if (GrayLevels(mask, name) is { } levels) return Of(mask, levels, LabelBasis.GrayLevels);

        // Reading by colours says which of them is unknown.
        return reader.Colours is null
            ? null
            : new MaskLabels(LabelImageReader.Read(mask, name, reader.Colours), LabelBasis.Colours);
    }

    /// <summary>
    /// Whether the palette of the file numbers its colours otherwise than the classes are numbered, so that they were taken by
    /// what they look like.
    /// </summary>
    public bool Contradicts(MaskImage mask, MaskReader reader) => mask.Kind == MaskColours.Palette && Basis switch
    {
        LabelBasis.Colours => reader.Options.AllowIndices,
        LabelBasis.GrayLevels => reader.Options.Threshold is null,
        _ => false,
    };

    private static MaskLabels Of(MaskImage mask, ushort[] labels, LabelBasis basis) =>
        new(new LabelImage(mask.Width, mask.Height, labels), basis);

    /// <summary>Whether a mask that may hold numbers or colours holds colours.</summary>
    private static bool HoldsColours(MaskImage mask, string name, MaskReader reader, IReadOnlyDictionary<Rgb, int> colours)
    {
        int[] pixels = FirstPixels(mask, name);
        return mask.Kind switch
        {
            MaskColours.Gray => pixels.All(IsKnown) && pixels.Any(pixel => !reader.IsLabel(mask.Indices[pixel])),
            MaskColours.Palette =>
                pixels.Any(
                    pixel => HasColour(mask, pixel) && colours.TryGetValue(mask.ColourOf(pixel, name), out int label)
                        && !reader.AreOne(label, mask.Indices[pixel])),
            _ => pixels.All(IsKnown),
        };

        bool IsKnown(int pixel) => colours.ContainsKey(mask.ColourOf(pixel, name));
    }

    /// <summary>
    /// Whether a palette's grays are the labels: it holds a gray image, and its indices say something else or nothing.
    /// </summary>
    private static bool HoldsGrayLevels(MaskImage mask, string name, MaskReader reader)
    {
        int[] pixels = FirstPixels(mask, name);
        if (!pixels.All(pixel => HasColour(mask, pixel) && IsGray(mask.ColourOf(pixel, name)))
            || mask.Palette.All(colour => colour == default))
            return false;
        int[] levels = [.. pixels.Select(pixel => (int)mask.ColourOf(pixel, name).R).Distinct()];
        bool isAnother = levels.Length == pixels.Length
            && !levels.SequenceEqual(pixels.Select(pixel => (int)mask.Indices[pixel]));
        return isAnother
            && (reader.Options.Threshold is not null
                || levels.Length > MostGrayClasses || levels.All(level => level < DarkLevels));
    }

    private static bool HasColour(MaskImage mask, int pixel) => mask.Indices[pixel] < mask.Palette.Count;

    /// <summary>A pixel of each number or colour in a mask.</summary>
    private static int[] FirstPixels(MaskImage mask, string name)
    {
        var pixels = new Dictionary<int, int>();
        int last = -1;
        for (int pixel = 0; pixel < mask.Width * mask.Height; pixel++)
        {
            int value = mask.Kind == MaskColours.Rgb ? Number(mask.ColourOf(pixel, name)) : mask.Indices[pixel];
            if (value != last) pixels.TryAdd(value, pixel);
            last = value;
        }
        return [.. pixels.Values];
    }

    /// <summary>The gray level of each pixel; null where one has a colour.</summary>
    private static ushort[]? GrayLevels(MaskImage mask, string name)
    {
        var levels = new ushort[mask.Width * mask.Height];
        for (int pixel = 0; pixel < levels.Length; pixel++)
        {
            Rgb colour = mask.ColourOf(pixel, name);
            if (!IsGray(colour)) return null;
            levels[pixel] = colour.R;
        }
        return levels;
    }

    private static bool IsGray(Rgb colour) => colour.R == colour.G && colour.R == colour.B;

    private static int Number(Rgb colour) => (colour.R << 16) | (colour.G << 8) | colour.B;
}

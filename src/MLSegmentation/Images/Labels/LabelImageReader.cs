namespace MLSegmentation;

/// <summary>
/// Reads label masks from files of formats without loss (PNG, TIFF, GIF, BMP): without colours as indices, never as colours; with
/// colours as what the colours stand for.
/// </summary>
internal static class LabelImageReader
{
    private const int NamedColours = 40;

    /// <summary>Reads a label mask.</summary>
    /// <param name="path">
    /// A PNG or TIFF file of 1 to 16 bits, a GIF (its first picture, as of a TIFF) or a BMP; its extension does not matter.
    /// </param>
    /// <param name="colours">
    /// Null, the default: the labels are the file's own numbers, unscaled, which are grey values (1, 2, 4, 8 or 16 bits) or the
    /// indices of its palette. Else the label (0 to 65535) that each colour stands for, in a colour, palette or grayscale file
    /// alike; ignored areas are given as colours too, with the ignore label. Alpha is passed over.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is of another format, truncated or damaged; it has colours and none are given; it has a colour that is not given.
    /// </exception>
    /// <exception cref="ArgumentException">The colours are empty or one stands for a label outside 0 to 65535.</exception>
    public static LabelImage Read(string path, IReadOnlyDictionary<Rgb, int>? colours = null) =>
        Read(ImageFile.ReadAllBytes(path), path, colours);

    /// <summary>Reads a label mask from the bytes of a file.</summary>
    /// <param name="data">The file's bytes.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="colours">As in <see cref="Read(string, IReadOnlyDictionary{Rgb, int}?)"/>.</param>
    /// <exception cref="InvalidDataException">As in <see cref="Read(string, IReadOnlyDictionary{Rgb, int}?)"/>.</exception>
    /// <exception cref="ArgumentException">The colours are empty or one stands for a label outside 0 to 65535.</exception>
    public static LabelImage Read(byte[] data, string name, IReadOnlyDictionary<Rgb, int>? colours = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckColours(colours);
        using MaskImage image = ReadFile(data, name);
        return Read(image, name, colours);
    }

    /// <summary>What a mask file holds.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is of another format, truncated or damaged.</exception>
    internal static MaskImage ReadFile(string path) => ReadFile(ImageFile.ReadAllBytes(path), path);

    /// <summary>The error about a mask of colours that stand for nothing.</summary>
    internal static InvalidDataException HasColours(string name) => new(
        $"The mask '{name}' has colours, expected label indices (a grayscale or palette image). "
        + "Give the colour of each class, or convert the masks to indices.");

    /// <summary>The labels of a mask file that is read already.</summary>
    internal static LabelImage Read(MaskImage image, string name, IReadOnlyDictionary<Rgb, int>? colours) =>
        new(image.Width, image.Height, colours is null ? Indices(image, name) : FromColours(image, name, colours));

    private static MaskImage ReadFile(byte[] data, string name)
    {
        ImageFile.CheckNotEmpty(data, name);
        return MaskImageReader.TryRead(data, name) ?? throw new InvalidDataException(
            $"The mask '{name}' is no {MaskImageReader.Formats} (it {ForeignFormat.Describe(data)}). A mask must be a "
            + $"lossless {MaskImageReader.Formats} of "
            + "label indices: JPEG and the like change labels. Export the masks as PNG from where they were drawn.");
    }

    private static void CheckColours(IReadOnlyDictionary<Rgb, int>? colours)
    {
        if (colours is null) return;
        if (colours.Count == 0)
            throw new ArgumentException("No colour is given; give null to read label indices.", nameof(colours));
        foreach ((Rgb colour, int label) in colours)
        {
            if (label is < 0 or > ushort.MaxValue)
            {
                throw new ArgumentException(
                    $"The colour {colour} stands for the label {label}, expected 0 to {ushort.MaxValue}.", nameof(colours));
            }
        }
    }

    private static ushort[] Indices(MaskImage image, string name) =>
        image.Kind != MaskColours.Rgb ? image.Indices : throw HasColours(name);

    private static ushort[] FromColours(MaskImage image, string name, IReadOnlyDictionary<Rgb, int> colours)
    {
        var labels = new ushort[image.Width * image.Height];
        Rgb last = default;
        int label = -1;
        for (int i = 0; i < labels.Length; i++)
        {
            // Masks are areas: most pixels have the colour of the one before, and need no look-up.
            Rgb colour = image.ColourOf(i, name);
            if (colour != last || label < 0)
            {
                if (!colours.TryGetValue(colour, out label))
                    throw Unknown(name, colour, i % image.Width, i / image.Width, colours);
                last = colour;
            }
            labels[i] = (ushort)label;
        }
        return labels;
    }

    private static InvalidDataException Unknown(string name, Rgb colour, int x, int y, IReadOnlyDictionary<Rgb, int> colours)
    {
        string given = string.Join(", ", colours.Keys.Take(NamedColours)) + (colours.Count > NamedColours ? ", ..." : "");
        return new InvalidDataException(
            $"The mask '{name}' has the colour {colour} at x {x}, y {y} (counted from 0), expected one of the {colours.Count} "
            + $"given: {given}. "
            + "Give this colour a class or the ignore label, or give no colours where the masks hold indices.");
    }
}

namespace MLSegmentation;

/// <summary>The ids of a panoptic PNG, numbered as they come: a picture has few of them, and each has up to 24 bits.</summary>
internal sealed class SegmentIds
{
    private readonly LabelImage _picture;
    private readonly Dictionary<long, ushort> _numbers;

    private SegmentIds(LabelImage picture, Dictionary<long, ushort> numbers) => (_picture, _numbers) = (picture, numbers);

    /// <summary>Reads a PNG of colours.</summary>
    /// <exception cref="InvalidDataException">It has no colours, is damaged, or has more ids than there are numbers.</exception>
    public static SegmentIds Read(string path)
    {
        byte[] data = ImageFile.ReadAllBytes(path);
        if (!PngFile.HasSignature(data)) throw new InvalidDataException($"The file '{path}' is no PNG. Export it anew.");
        PngImage image = PngReader.Read(data, path);
        PngHeader header = image.File.Header;
        if (header.Colour is not (PngColour.Rgb or PngColour.Rgba))
            throw new InvalidDataException($"The panoptic PNG '{path}' has no colours, which the ids of its segments are. Export "
                + "it anew.");
        var numbers = new Dictionary<long, ushort>();
        var values = new ushort[header.Width * header.Height];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<ushort> pixel = image.Samples.AsSpan(i * header.Channels, 3);
            long id = pixel[0] + ((long)pixel[1] << 8) + ((long)pixel[2] << 16);
            if (!numbers.TryGetValue(id, out ushort number))
            {
                if (numbers.Count > ushort.MaxValue)
                    throw new InvalidDataException($"The panoptic PNG '{path}' has more than {ushort.MaxValue} segments. Export "
                        + "it anew.");
                numbers.Add(id, number = (ushort)numbers.Count);
            }
            values[i] = number;
        }
        return new SegmentIds(new LabelImage(header.Width, header.Height, values), numbers);
    }

    /// <summary>All ids that there are.</summary>
    public IEnumerable<long> All => _numbers.Keys;

    /// <summary>The pixels of an id; null where there are none.</summary>
    public RegionShape? Find(long id) =>
        _numbers.TryGetValue(id, out ushort number) ? new LabelValueShape(_picture, number) : null;
}

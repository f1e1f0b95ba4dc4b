namespace MLSegmentation;

/// <summary>A PNG within an annotation, whose pixels are inside a region or outside.</summary>
internal static class PngRegion
{
    /// <summary>1 for the pixels inside: those that are not transparent, or without transparency not black; else 0.</summary>
    /// <param name="png">The file's bytes.</param>
    /// <param name="name">What it is called, for errors.</param>
    /// <exception cref="InvalidDataException">It is no PNG, or damaged.</exception>
    public static LabelImage Read(byte[] png, string name)
    {
        if (!PngFile.HasSignature(png)) throw new InvalidDataException($"The picture of {name} is no PNG. Export the file anew.");
        PngImage image = PngReader.Read(png, name);
        PngHeader header = image.File.Header;
        int channels = header.Channels;
        bool hasAlpha = header.Colour is PngColour.Rgba or PngColour.GrayAlpha;
        var inside = new ushort[header.Width * header.Height];
        for (int i = 0; i < inside.Length; i++)
        {
            ReadOnlySpan<ushort> pixel = image.Samples.AsSpan(i * channels, channels);
            inside[i] = (hasAlpha ? pixel[^1] > 0 : pixel.ContainsAnyExcept((ushort)0)) ? (ushort)1 : (ushort)0;
        }
        return new LabelImage(header.Width, header.Height, inside);
    }
}

namespace MLSegmentation;

/// <summary>Reads masks of every format that keeps numbers as they are.</summary>
internal static class MaskImageReader
{
    /// <summary>The formats, for messages.</summary>
    public const string Formats = "PNG, TIFF, GIF or BMP";

    /// <summary>Reads a mask from the bytes of its file.</summary>
    /// <returns>What the file holds; null for a file of another format, such as JPEG, which changes labels.</returns>
    /// <exception cref="InvalidDataException">The file is truncated or damaged, or has too many pixels.</exception>
    public static MaskImage? TryRead(byte[] data, string name)
    {
        if (PngFile.HasSignature(data)) return PngDecoder.ReadMask(PngFile.Parse(data, name));
        if (TiffReader.HasSignature(data)) return TiffImage.ReadMask(data, name);
        if (GifFile.HasSignature(data)) return GifReader.ReadMask(GifFile.Parse(data, name));
        return BmpFile.HasSignature(data) ? BmpReader.ReadMask(BmpFile.Parse(data, name), name) : null;
    }

    /// <summary>What the numbers of a mask file are, which its header says; null for a file of another format.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged, or has too many pixels.</exception>
    public static MaskColours? TryReadKind(byte[] data, string name)
    {
        if (PngFile.HasSignature(data)) return PngDecoder.MaskKind(PngFile.Parse(data, name).Header.Colour);
        if (TiffReader.HasSignature(data)) return TiffImage.MaskKind(data, name);
        if (GifFile.HasSignature(data)) return MaskColours.Palette;
        return BmpFile.HasSignature(data) ? BmpReader.MaskKind(BmpFile.Parse(data, name)) : null;
    }

    /// <summary>The same of a file; null also where it cannot be read, which whoever reads it will report.</summary>
    public static MaskColours? TryReadKind(string path)
    {
        try
        {
            return TryReadKind(ImageFile.ReadAllBytes(path), path);
        }
        catch (Exception error) when (BadImage.IsUnreadable(error))
        {
            return null;
        }
    }
}

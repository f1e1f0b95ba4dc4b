namespace MLSegmentation.Images;

/// <summary>Reads the bytes of an image file, with errors that say which one.</summary>
internal static class ImageFile
{
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            string what = Directory.Exists(path) ? "is a folder, expected a file" : "does not exist";
            throw new FileNotFoundException($"The image file '{path}' {what}. Check the path and the folder that it is relative to.", path);
        }
        byte[] data = File.ReadAllBytes(path);
        CheckNotEmpty(data, path);
        return data;
    }

    /// <exception cref="InvalidDataException">There are no bytes.</exception>
    public static void CheckNotEmpty(byte[] data, string name)
    {
        if (data.Length == 0) throw new InvalidDataException($"The image file '{name}' is empty (0 bytes). Copy or download it again, or remove it.");
    }

    /// <summary>The first bytes, for an error about a format that is not known.</summary>
    public static string Start(byte[] data) => Convert.ToHexString(data.AsSpan(0, Math.Min(data.Length, 8)));
}

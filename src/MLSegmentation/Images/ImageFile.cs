namespace MLSegmentation;

/// <summary>Reads the bytes of an image file, with errors that say which one.</summary>
internal static class ImageFile
{
    private const int BufferBytes = 1 << 16;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        CheckExists(path);
        byte[] data = File.ReadAllBytes(path);
        CheckNotEmpty(data, path);
        return data;
    }

    /// <summary>Opens a file to be read from its start to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bufferBytes">The bytes read ahead of who reads in small pieces; 0 for none.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FileStream OpenRead(string path, int bufferBytes = BufferBytes)
    {
        CheckExists(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferBytes, FileOptions.SequentialScan);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void CheckExists(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? special = SpecialFile.Describe(path);
        if (special is null && File.Exists(path)) return;
        string what = special is not null
            ? $"is {special}, expected a file"
            : Directory.Exists(path) ? "is a folder, expected a file" : "does not exist";
        throw new FileNotFoundException(
            $"The image file '{path}' {what}. Check the path and the folder that it is relative to.", path);
    }

    /// <exception cref="InvalidDataException">There are no bytes.</exception>
    public static void CheckNotEmpty(ReadOnlySpan<byte> data, string name)
    {
        if (data.Length == 0)
        {
            throw new InvalidDataException(
                $"The image file '{name}' is empty (0 bytes). Copy or download it again, or remove it.");
        }
    }

    public static InvalidDataException Damaged(string name, string what, Exception? inner = null) =>
        new($"The image file '{name}' {what}: it is truncated or damaged. Copy or download it again, or remove it.", inner);
}

namespace MLSegmentation;

/// <summary>Files of labels, which people may have worked at: none is ever replaced.</summary>
internal static class NewFile
{
    /// <summary>Begins a file, and makes its folder.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static PartialFile Begin(string path)
    {
        Require(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new PartialFile(path);
    }

    /// <summary>Requires that there is no such file yet.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static void Require(string path)
    {
        if (Path.Exists(path))
            throw new IOException($"There is '{path}' already, and labels are not replaced. Give another place, or delete it.");
    }

    /// <summary>The path of a file in a folder, by the name of an image.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    public static string Within(string folder, string name) => ImageLocator.IsWithin(name)
        ? Path.Combine(folder, name)
        : throw new InvalidDataException(
            $"The image '{PrintableText.Of(name)}' is outside of the folder of images. Give the folder that all images are in.");
}

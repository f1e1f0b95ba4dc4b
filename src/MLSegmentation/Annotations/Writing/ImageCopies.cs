namespace MLSegmentation;

/// <summary>Copies images to where a format has them beside its labels.</summary>
internal static class ImageCopies
{
    /// <summary>Where the copy of an image is to be, or nothing where the image itself is there.</summary>
    /// <exception cref="InvalidDataException">Its name leads out of the folder.</exception>
    public static IEnumerable<string> FilesOf(ListedFile image, string folder)
    {
        string target = NewFile.Within(folder, image.File);
        return Path.GetFullPath(target) == Path.GetFullPath(image.Path) ? [] : [target];
    }

    /// <summary>Copies an image, unless it is there already.</summary>
    /// <exception cref="IOException">It cannot be copied, or another file is there.</exception>
    /// <exception cref="InvalidDataException">Its name leads out of the folder.</exception>
    public static void Add(LabelledImage image, string folder, NewFiles files)
    {
        foreach (string target in FilesOf(new ListedFile(image.File, image.Path), folder))
            File.Copy(image.Path, files.Claim(target));
    }
}

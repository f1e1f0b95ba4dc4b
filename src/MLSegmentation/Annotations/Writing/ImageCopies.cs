namespace MLSegmentation;

/// <summary>Copies images to where a format has them beside its labels.</summary>
internal static class ImageCopies
{
    /// <summary>Copies an image, unless it is there already.</summary>
    /// <exception cref="IOException">It cannot be copied, or another file is there.</exception>
    /// <exception cref="InvalidDataException">Its name leads out of the folder.</exception>
    public static void Add(LabelledImage image, string folder)
    {
        string target = NewFile.Within(folder, image.File);
        if (Path.GetFullPath(target) == Path.GetFullPath(image.Path)) return;
        NewFile.Prepare(target);
        File.Copy(image.Path, target);
    }
}

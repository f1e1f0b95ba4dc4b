namespace MLSegmentation;

/// <summary>An image of CVAT's.</summary>
/// <param name="File">Its file name, which may have folders before it.</param>
/// <param name="Subset">
/// The part of a project that it is in, such as <c>train</c>, which is a folder of images where a project is exported with them;
/// null for none.
/// </param>
/// <param name="Size">Its size in pixels; null where the file does not say.</param>
/// <param name="Shapes">What was annotated, in the order of the file. Those of a frame are made as they are asked for.</param>
internal sealed record CvatImage(
    string File, string? Subset, (int Width, int Height)? Size, IEnumerable<CvatShape> Shapes)
{
    /// <summary>What the file calls the image.</summary>
    public string Entry => Subset is null ? File : $"{Subset}/{File}";

    /// <summary>The image; null where it is missing.</summary>
    public FoundImage? Find(ImageLocator images) =>
        Subset is null ? images.FindWithOrWithout(File) : images.FindWithOrWithout(Entry, File);
}

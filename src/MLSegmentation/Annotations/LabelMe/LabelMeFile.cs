namespace MLSegmentation;

/// <summary>What a file of LabelMe has: the image it is about, and the shapes in it.</summary>
/// <param name="ImagePath">The image, from the file on.</param>
/// <param name="Size">The image's size in pixels; null where the file does not say.</param>
/// <param name="Shapes">The shapes, in their order.</param>
internal sealed record LabelMeFile(string ImagePath, (int Width, int Height)? Size, IReadOnlyList<LabelMeShape> Shapes)
{
    /// <summary>Reads a file; an image within it is passed over.</summary>
    /// <exception cref="InvalidDataException">It is damaged or none of LabelMe's.</exception>
    public static LabelMeFile Read(string path)
    {
        using var json = new JsonFileReader(path);
        string? image = null;
        long? width = null, height = null;
        List<LabelMeShape>? shapes = null;
        json.Read();
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "imagePath": image = json.GetTextOrNull(); break;
                case "imageWidth": width = json.GetWhole(); break;
                case "imageHeight": height = json.GetWhole(); break;
                case "shapes":
                    shapes = [];
                    foreach (int _ in json.Items()) shapes.Add(LabelMeShape.Read(json));
                    break;
            }
        }
        if (image is null || shapes is null) throw json.Damaged("a file of LabelMe has an imagePath and shapes");
        return new LabelMeFile(image, JsonFileReader.SizeOf(width, height), shapes);
    }
}

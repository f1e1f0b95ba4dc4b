using System.Text.Json;

namespace MLSegmentation;

/// <summary>What a file of LabelMe has: the image it is about, and the shapes in it.</summary>
/// <param name="ImagePath">The image, from the file on, with <c>/</c> between folders.</param>
/// <param name="HasImage">Whether the image is in the file.</param>
/// <param name="Size">The image's size in pixels; null where the file does not say.</param>
/// <param name="Shapes">The shapes, in their order.</param>
internal sealed record LabelMeFile(
    string ImagePath, bool HasImage, (int Width, int Height)? Size, IReadOnlyList<LabelMeShape> Shapes)
{
    /// <summary>Reads a file; an image within it is passed over.</summary>
    /// <exception cref="InvalidDataException">It is damaged or none of LabelMe's.</exception>
    public static LabelMeFile Read(string path)
    {
        using var json = new JsonFileReader(path);
        string? image = null;
        bool hasImage = false;
        long? width = null, height = null;
        List<LabelMeShape>? shapes = null;
        json.Read();
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "imagePath": image = json.GetTextOrNull(); break;
                case "imageData": hasImage = json.Token == JsonTokenType.String; break;
                case "imageWidth": width = json.GetWhole(); break;
                case "imageHeight": height = json.GetWhole(); break;
                case "shapes":
                    shapes = [];
                    foreach (int _ in json.Items()) shapes.Add(LabelMeShape.Read(json));
                    break;
            }
        }
        if (image is null || shapes is null) throw json.Unexpected("a file of LabelMe has an imagePath and shapes");
        image = image.Replace('\\', '/');
        if (image.Split('/')[^1] is "" or "." or "..") throw json.Unexpected($"the imagePath '{image}' names no file");
        return new LabelMeFile(image, hasImage, JsonNumbers.SizeOf(width, height), shapes);
    }

    /// <summary>Reads the bytes of the image in a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no image.</exception>
    public static byte[] ReadImage(string path)
    {
        using var json = new JsonFileReader(path);
        json.Read();
        foreach (string property in json.Properties())
        {
            if (property == "imageData" && json.Token == JsonTokenType.String)
                return json.GetBytes() ?? throw json.Unexpected("its imageData is no base64");
        }
        throw json.Unexpected("it has no imageData");
    }
}

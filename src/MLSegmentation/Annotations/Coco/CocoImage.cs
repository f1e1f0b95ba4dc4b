namespace MLSegmentation;

/// <summary>An image of a COCO file.</summary>
/// <param name="Id">Its number, which annotations have.</param>
/// <param name="File">Its file name, which may have folders before it.</param>
/// <param name="Size">Its size in pixels; null where the file does not say.</param>
internal sealed record CocoImage(long Id, string File, (int Width, int Height)? Size)
{
    /// <summary>Reads the object in hand.</summary>
    /// <exception cref="InvalidDataException">It has no id or no file name.</exception>
    public static CocoImage Read(JsonFileReader json)
    {
        long? id = null, width = null, height = null;
        string? file = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "id": id = json.GetWhole(); break;
                case "file_name": file = json.GetTextOrNull(); break;
                case "width": width = json.GetWhole(); break;
                case "height": height = json.GetWhole(); break;
            }
        }
        if (id is null || string.IsNullOrEmpty(file)) throw json.Unexpected("an image has no id or no file_name");
        return new CocoImage(id.Value, file, JsonNumbers.SizeOf(width, height));
    }
}

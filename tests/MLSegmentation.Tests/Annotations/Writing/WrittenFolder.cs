namespace MLSegmentation.Tests;

/// <summary>Masks that are written in a format and read again.</summary>
internal sealed class WrittenFolder : IDisposable
{
    private readonly AnnotationFolder _folder = new();

    /// <summary>The path of a file or folder in it.</summary>
    public string this[string name] => _folder[name];

    /// <summary>An image of the folder with these keys.</summary>
    public LabelledImage Image(uint[] keys, int width, string name = "a 1.png")
    {
        _folder.WithImage($"images/{name}", width, keys.Length / width);
        return new LabelledImage(name, _folder[$"images/{name}"], keys, width, keys.Length / width);
    }

    /// <summary>Writes images, each of which may be a prediction.</summary>
    public string Write(string format, AnnotationWriterOptions options, params LabelledImage[] images)
    {
        WrittenFormat written = WrittenFormat.All.Single(one => one.Name == format);
        string path = _folder[written.IsFolder ? "out" : format == "cvat" ? "out.xml" : "out.json"];
        using IAnnotationWriter writer = written.Begin(
            path, options, images.Select(image => new ListedFile(image.File, image.Path)));
        foreach (LabelledImage image in images) writer.Add(image);
        writer.Complete();
        return path;
    }

    /// <summary>
    /// An image of rows, a character a pixel: <c>.</c> where it is ignored, else the number of the class. Each pixel has the
    /// confidence 0.5, or 1 in the first column.
    /// </summary>
    public LabelledImage Predicted(params string[] rows)
    {
        uint[] keys = [.. string.Concat(rows).Select(one => one == '.' ? 0u : (uint)(one - '0') + 1)];
        return Image(keys, rows[0].Length) with
        {
            Confidence = [.. keys.Index().Select(key => key.Index % rows[0].Length == 0 ? 1 : 0.5f)],
        };
    }

    /// <summary>The mask that is read of the one image of a path, in keys of these classes.</summary>
    public uint[] Read(string path, string format, string[] names)
    {
        if (format == "masks")
        {
            LabelImage mask = LabelImageReader.Read(Directory.GetFiles(path, "*.png", SearchOption.AllDirectories).Single());
            return [.. mask.Values.Select(value => MaskPng.KeyOf(value, names.Length))];
        }
        bool hasImages = format is "labelme" or "yolo" or "voc";
        IAnnotationReader reader = AnnotationFormat.Read(path, hasImages ? null : _folder["images"], format);
        uint[] keys = AnnotationMasks.Paint(reader, reader.Images.Single()).Keys;
        return [.. keys.Select(key => key == 0 ? 0 : (uint)Array.IndexOf(names, reader.ClassNames[(int)key - 1]) + 1)];
    }

    public void Dispose() => _folder.Dispose();
}

namespace MLSegmentation.Tests;

/// <summary>A folder of small images and annotations, deleted in the end.</summary>
internal sealed class AnnotationFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlseg-test-");

    /// <summary>Where it is.</summary>
    public string Path => _folder.FullName;

    /// <summary>The path of a file or folder in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a gray image.</summary>
    public AnnotationFolder WithImage(string name, int width, int height) => WithGray(name, width, new byte[width * height]);

    /// <summary>Writes an image of gray values.</summary>
    public AnnotationFolder WithGray(string name, int width, byte[] values)
    {
        Prepare(name);
        PngWriter.WriteIndexed(this[name], values, width, values.Length / width, Palette.Voc(256));
        return this;
    }

    /// <summary>Writes a file of bytes.</summary>
    public AnnotationFolder WithFile(string name, byte[] content)
    {
        Prepare(name);
        File.WriteAllBytes(this[name], content);
        return this;
    }

    /// <summary>Writes a file of text.</summary>
    public AnnotationFolder WithText(string name, string text)
    {
        Prepare(name);
        File.WriteAllText(this[name], text);
        return this;
    }

    /// <summary>Opens a file of it, or itself.</summary>
    public IAnnotationReader Open(string name = "", string? format = null) => AnnotationFormat.Read(this[name], null, format);

    /// <summary>
    /// Requires the mask of the only image: a character a pixel, <c>.</c> where it is ignored, else the number of the class.
    /// </summary>
    public static void RequireMask(IAnnotationReader reader, params string[] rows)
    {
        MaskCanvas mask = AnnotationMasks.Paint(reader, reader.Images.Single());
        string[] found =
        [
            .. mask.Keys.Chunk(mask.Width).Select(row => string.Concat(row.Select(key => key == 0 ? "." : $"{key - 1}"))),
        ];
        Assert.AreSequenceEqual(rows, found, string.Join(Environment.NewLine, found));
    }

    /// <summary>The findings about regions without pixels.</summary>
    public static string[] Faults(IAnnotationReader reader) =>
        [.. reader.Images.SelectMany(reader.Read).Select(region => region.Fault).OfType<string>()];

    public void Dispose() => _folder.Delete(recursive: true);

    private void Prepare(string name) => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
}

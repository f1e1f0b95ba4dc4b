using System.Text;
using MLSegmentation;

namespace Fuzzing.Annotations;

/// <summary>
/// Reads a file of an annotation tool and paints its masks; it is taken or refused with <see cref="InvalidDataException"/>, or
/// with <see cref="FileNotFoundException"/> where it names an image that is not there.
/// </summary>
/// <param name="format">The format's name.</param>
/// <param name="file">What the file is called in its folder.</param>
/// <param name="opened">What is opened: the file, or the folder with an empty name.</param>
/// <param name="make">Makes its text.</param>
internal sealed class AnnotationTarget(string format, string file, string opened, Func<FuzzRandom, string> make) : FuzzTarget
{
    /// <summary>The image that files are about.</summary>
    public const string Image = "a.png";

    /// <summary>Its width and height.</summary>
    public const int Width = 40, Height = 30;

    private const int MutatedPercent = 60, Frames = 10;
    /// <summary>The image's file.</summary>
    public static byte[] Picture { get; } = MakePicture();

    private readonly string _folder = ScratchFile.PathOf($"annotations-{format}");

    public override string Name => $"annotations-{format}";

    public override byte[] Make(FuzzRandom random)
    {
        byte[] text = Encoding.UTF8.GetBytes(make(random));
        return random.Percent(MutatedPercent) ? Mutation.Apply(random, text) : text;
    }

    public override bool Read(byte[] content)
    {
        string path = Path.Combine(_folder, file);
        Prepare(path);
        File.WriteAllBytes(path, content);
        try
        {
            IAnnotationReader reader = AnnotationFormat.Read(Path.Combine(_folder, opened), null, format);
            foreach (AnnotatedImage image in reader.Images) AnnotationMasks.Paint(reader, image);
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private void Prepare(string path)
    {
        if (Directory.Exists(_folder)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (string folder in new[] { "images", Path.Combine("ds", "img") })
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
            File.WriteAllBytes(Path.Combine(_folder, folder, Image), Picture);
        }
        // The frames of a video that tracks are in.
        for (int frame = 0; frame < Frames; frame++)
            File.WriteAllBytes(Path.Combine(_folder, "images", $"frame_{frame:000000}.png"), Picture);
        File.WriteAllText(
            Path.Combine(_folder, "meta.json"),
            """{"classes":[{"title":"pit","shape":"any"},{"title":"stain","shape":"any"}]}""");
        File.WriteAllText(Path.Combine(_folder, "data.yaml"), "train: images\nnames: [pit, stain]\n");
    }

    private static byte[] MakePicture()
    {
        using var picture = new MemoryStream();
        PngWriter.WriteGray(picture, new byte[Width * Height], Width, Height);
        return picture.ToArray();
    }
}

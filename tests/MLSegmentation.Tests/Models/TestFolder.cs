using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>
/// A folder in the temporary directory, deleted at the end, with five images of differing sizes and their masks.
/// </summary>
internal sealed class TestFolder : IDisposable
{
    public static readonly (int Width, int Height)[] Sizes = [(8, 6), (6, 8), (9, 5), (12, 12), (7, 7)];

    public TestFolder()
    {
        Path = Directory.CreateTempSubdirectory("mlsegmentation-test-").FullName;
        Directory.CreateDirectory(Images);
        Directory.CreateDirectory(Masks);
        for (int i = 0; i < Sizes.Length; i++)
        {
            (int width, int height) = Sizes[i];
            byte[] rgb = TestImages.Pixels(width, height, i);
            using MLImage image = TestImages.Image(width, height, rgb);
            image.Save(ImageFile(i));
            byte[] labels = [.. TestImages.BrightestKeys(rgb).Select(key => (byte)(key - 1))];
            PngWriter.WriteIndexed(System.IO.Path.Combine(Masks, $"image{i}.png"), labels, width, height, Palette.Voc(3));
        }
    }

    public string Path { get; }

    public string Images => System.IO.Path.Combine(Path, "images");

    public string Masks => System.IO.Path.Combine(Path, "masks");

    public string ImageFile(int index) => System.IO.Path.Combine(Images, $"image{index}.png");

    public string FileNamed(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

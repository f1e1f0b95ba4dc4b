using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

/// <summary>The small weight files that <c>Fixtures/make.py</c> wrote, and a folder for those that tests write.</summary>
internal static class WeightFixtures
{
    /// <summary>A file of each form.</summary>
    public static readonly string[] Names =
        ["keras1.h5", "keras2_model.h5", "torch_2017.pth", "torch_legacy.pth", "torch_zip.pth"];

    public static string PathOf(string name) =>
        Path.Combine(SharedData.Repository, "tests", "MLSegmentation.Training.Tests", "Weights", "Fixtures", name);

    /// <summary>Writes a file, opens it and forgets it.</summary>
    public static void OpenBytes(byte[] content) => WithFile(content, path => WeightFile.Open(path).Dispose());

    /// <summary>Gives the path of a file with this content while it is used.</summary>
    public static void WithFile(byte[] content, Action<string> use)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.weights");
        File.WriteAllBytes(path, content);
        try
        {
            use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The numbers of a weight.</summary>
    public static float[] Read(this WeightFile file, StoredWeight weight)
    {
        var numbers = new float[weight.Shape.Aggregate(1L, (product, size) => product * size)];
        file.Read(weight, numbers);
        return numbers;
    }
}

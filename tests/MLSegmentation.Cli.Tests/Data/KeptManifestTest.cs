using Microsoft.ML.Data;

namespace MLSegmentation.Cli.Tests;

/// <summary>Folders of masks that earlier versions began are gone on with: Data/Kept/README.md tells what wrote them.</summary>
[TestClass]
public sealed class KeptManifestTest
{
    private static readonly string _kept = Path.Combine(AppContext.BaseDirectory, "Data", "Kept");
    private readonly TestFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Segment_KeptFolderHalfDone_DoesTheRest()
    {
        CopyImage("small.png", new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));
        CopyImage("wide.png", new DateTime(2026, 1, 2, 3, 4, 6, DateTimeKind.Utc));
        Directory.CreateDirectory(_folder["out"]);
        foreach (string file in Directory.GetFiles(Path.Combine(_kept, "Interrupted")))
            File.Copy(file, _folder["out", Path.GetFileName(file)]);
        DateTime longAgo = new(2026, 1, 3, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder["out", "small.png"], longAgo);

        MlsegResult result = Mlseg.Run(
            "segment", "--model", Path.Combine(_kept, "segmentation.onnx"), "--images", _folder.Images, "--out", _folder["out"],
            "--threshold", "0.4", "--min-region", "2", "--mirror", "--scales", "1,1.5", "--format", "confidence,overlay");

        result.RequireDone();
        Assert.AreEqual(longAgo, File.GetLastWriteTimeUtc(_folder["out", "small.png"]), "Its mask was there.");
        string[] expected = PicturesOf(Path.Combine(_kept, "Whole"));
        Assert.AreSequenceEqual(expected, PicturesOf(_folder["out"]));
        foreach (string file in expected)
        {
            using MLImage was = MLImage.CreateFromFile(Path.Combine(_kept, "Whole", file));
            using MLImage now = MLImage.CreateFromFile(_folder["out", file]);
            Assert.AreEqual((was.Width, was.Height), (now.Width, now.Height), file);
            int most = was.Pixels.ToArray().Zip(now.Pixels.ToArray(), (one, other) => Math.Abs(one - other)).Max();
            Assert.IsLessThanOrEqualTo(file.EndsWith(".confidence.png", StringComparison.Ordinal) ? 1 : 0, most, file);
        }
    }

    private static string[] PicturesOf(string folder) =>
        [.. Directory.GetFiles(folder, "*.png").Select(path => Path.GetFileName(path)).Order()];

    /// <summary>The manifest tells an image by its time too.</summary>
    private void CopyImage(string name, DateTime time)
    {
        Directory.CreateDirectory(_folder.Images);
        File.Copy(Path.Combine(_kept, "Images", name), _folder["images", name]);
        File.SetLastWriteTimeUtc(_folder["images", name], time);
    }
}

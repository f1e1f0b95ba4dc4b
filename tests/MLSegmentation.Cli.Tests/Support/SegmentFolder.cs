using System.Diagnostics;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>A folder with images of stripes and a model that takes the brightest channel for the class, to segment.</summary>
internal sealed class SegmentFolder : IDisposable
{
    private static readonly Rgb[] _colours = [new(200, 30, 60), new(30, 200, 60), new(60, 30, 200)];
    private readonly TestFolder _folder = new();

    public SegmentFolder()
    {
        File.WriteAllBytes(this["model.onnx"], TestGraphs.BrightestChannel());
        Directory.CreateDirectory(_folder.Images);
    }

    public string this[params string[] path] => _folder[path];

    /// <summary>Writes images image0.png and so on; those of another kind differ in length too.</summary>
    public SegmentFolder WithImages(int count, int size = 20, int kind = 0)
    {
        for (int i = 0; i < count; i++)
        {
            byte[] indices =
                [.. Enumerable.Range(0, size * size).Select(at => (byte)((at % size / (5 + i + kind) + at / size / 7) % 3))];
            PngWriter.WriteIndexed(this["images", $"image{i}.png"], indices, size, size, _colours);
        }
        return this;
    }

    public string[] Arguments(string target, params string[] options) =>
        ["segment", "--model", this["model.onnx"], "--images", _folder.Images, "--out", this[target], .. options];

    public MlsegResult Segment(string target, params string[] options) => Mlseg.Run(Arguments(target, options));

    /// <summary>Starts a run, and waits until the first images are done.</summary>
    public Process StartUntilItWrites(string target)
    {
        // As many may be written before the first is noted.
        const int InFlight = 6;
        Process process = Mlseg.Start(Arguments(target));
        bool hasBegun = SpinWait.SpinUntil(
            () => process.HasExited
                || (Directory.Exists(this[target]) && Directory.GetFiles(this[target], "*.png").Length > InFlight),
            TimeSpan.FromMinutes(2));
        Assert.IsTrue(hasBegun && !process.HasExited, "The run was to be met at its work.");
        return process;
    }

    public void AssertSame(string expected, string actual, params string[] names)
    {
        foreach (string name in names)
            CollectionAssert.AreEqual(File.ReadAllBytes(this[expected, name]), File.ReadAllBytes(this[actual, name]), name);
    }

    public void Dispose() => _folder.Dispose();
}

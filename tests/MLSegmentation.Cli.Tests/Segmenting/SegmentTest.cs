using System.Diagnostics;
using System.Text.Json;
using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary><c>mlseg segment</c> over folders, with a network that takes the brightest channel for the class.</summary>
[TestClass]
public sealed class SegmentTest
{
    private static readonly Rgb[] _colours = [new(200, 30, 60), new(30, 200, 60), new(60, 30, 200)];
    private readonly TestFolder _folder = new();

    private string Model
    {
        get
        {
            string model = _folder["model.onnx"];
            if (!File.Exists(model)) File.WriteAllBytes(model, TestGraphs.BrightestChannel());
            return model;
        }
    }

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Run_EveryFormat_TellsTheSameMasks()
    {
        WriteImages(3, 40);

        Segment("out", "--format", "confidence,overlay,coco,geojson,csv").RequireDone();

        long[] areas = new long[3];
        for (int i = 0; i < 3; i++)
        {
            LabelImage mask = LabelImageReader.Read(_folder["out", $"image{i}.png"]);
            for (int at = 0; at < mask.Values.Length; at++) Assert.AreEqual(ClassAt(i, at % 40, at / 40), mask.Values[at]);
            foreach (ushort value in mask.Values) areas[value]++;
            LabelImage confidence = LabelImageReader.Read(_folder["out", $"image{i}.confidence.png"]);
            Assert.IsTrue(confidence.Values.All(value => value > 200));
            using var overlay = ImageDecoder.Decode(_folder["out", $"image{i}.overlay.png"]);
            Assert.AreEqual(40, overlay.Width);
        }
        using JsonDocument coco = JsonDocument.Parse(File.ReadAllText(_folder["out", "coco.json"])),
            geo = JsonDocument.Parse(File.ReadAllText(_folder["out", "masks.geojson"]));
        Assert.AreEqual(3, coco.RootElement.GetProperty("images").GetArrayLength());
        double annotated = coco.RootElement.GetProperty("annotations")
            .EnumerateArray().Sum(one => one.GetProperty("area").GetDouble());
        Assert.AreEqual(areas.Sum(), annotated);
        Assert.AreEqual(
            areas.Sum(),
            geo.RootElement.GetProperty("features")
                .EnumerateArray().Sum(one => one.GetProperty("properties").GetProperty("area").GetInt64()));
        long counted = File.ReadLines(_folder["out", "areas.csv"])
            .Skip(1).Sum(line => long.Parse(line.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(areas.Sum(), counted);
    }

    [TestMethod]
    [DataRow(256, 255)]
    [DataRow(300, 299)]
    public void Run_ManyClasses_TellsTheLastOneInEveryFormat(int classes, int last)
    {
        Directory.CreateDirectory(_folder["images"]);
        PngWriter.WriteIndexed(_folder["images", "image.png"], [0, 1, 1, 1], 2, 2, [new(3, 4, 0), new(255, 44, 0)]);
        File.WriteAllBytes(_folder["many.onnx"], TestGraphs.SumOfRedAndGreen(classes));
        string[] arguments = ["segment", "--model", _folder["many.onnx"], "--images", _folder["images"], "--format",
            "overlay,coco,geojson,csv"];

        Mlseg.Run([.. arguments, "--out", _folder["out"]]).RequireDone();

        CollectionAssert.AreEqual(new ushort[] { 7, (ushort)last, (ushort)last, (ushort)last },
            LabelImageReader.Read(_folder["out", "image.png"]).Values);
        string[][] areas = [.. File.ReadLines(_folder["out", "areas.csv"]).Skip(1).Select(line => line.Split(','))];
        Assert.HasCount(classes, areas);
        Assert.AreSequenceEqual(["image.png", $"{last}", "3", "0.75"], areas[^1]);
        Assert.AreEqual(1m, areas.Sum(area => decimal.Parse(area[3], System.Globalization.CultureInfo.InvariantCulture)));
        using JsonDocument coco = JsonDocument.Parse(File.ReadAllText(_folder["out", "coco.json"]));
        JsonElement annotation = coco.RootElement.GetProperty("annotations")
            .EnumerateArray().Single(one => one.GetProperty("category_id").GetInt32() == last + 1);
        Assert.AreEqual(3, annotation.GetProperty("area").GetInt32());
        Assert.Contains($"\"class\":\"{last}\"", File.ReadAllText(_folder["out", "masks.geojson"]));
    }

    [TestMethod]
    public void Run_ManyClassesAndAThreshold_TellsNoClassFromTheLastOne()
    {
        WriteImages(1, 20);
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.SumOfRedAndGreen(256, sharpness: 1e-4f));

        Segment("out", "--threshold", "0.9", "--format", "csv").RequireDone();
        Segment("tiled", "--threshold", "0.9", "--sizing", "tiled").RequireDone();

        foreach (string folder in new[] { "out", "tiled" })
            Assert.IsTrue(LabelImageReader.Read(_folder[folder, "image0.png"]).Values.All(value => value == 65535), folder);
        Assert.IsTrue(
            File.ReadLines(_folder["out", "areas.csv"]).Skip(1).All(line => line.EndsWith(",0,0", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Run_EveryFormat_LeavesItsResultsAndNothingElse()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Where temporary files go is told by TMPDIR, which Windows does not know.");
        WriteImages(2, 40);
        string home = Directory.CreateDirectory(_folder["home"]).FullName;

        using Process process = Mlseg.StartIn(home, [.. Arguments("out"), "--format", "confidence,overlay,coco,geojson,csv"]);
        Mlseg.WaitFor(process).RequireDone();

        Assert.AreSequenceEqual(Array.Empty<string>(), Directory.GetFiles(home, "*", SearchOption.AllDirectories));
        string[] expected =
        [
            "areas.csv", "coco.json", "image0.confidence.png", "image0.overlay.png", "image0.png", "image1.confidence.png",
            "image1.overlay.png",
            "image1.png", "manifest.jsonl", "masks.geojson",
        ];
        Assert.AreSequenceEqual(
            expected, Directory.GetFiles(_folder["out"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void Run_Killed_IsFinishedToTheSameBytes()
    {
        WriteImages(30, 600);
        string[] options = ["--format", "confidence,overlay,coco,csv"];
        Segment("whole", options).RequireDone();

        using (Process process = Mlseg.Start([.. Arguments("killed"), .. options]))
        {
            // More masks than are under way at a time, so that some are noted as done.
            bool hasBegun = SpinWait.SpinUntil(
                () => process.HasExited
                    || (Directory.Exists(_folder["killed"]) && Directory.GetFiles(_folder["killed"], "*.overlay.png").Length > 8),
                TimeSpan.FromMinutes(2));
            process.Kill();
            process.WaitForExit();
            Assert.IsTrue(hasBegun && !File.Exists(_folder["killed", "coco.json"]), "The run was to be killed in its middle.");
        }
        MlsegResult rest = Segment("killed", options);

        rest.RequireDone();
        StringAssert.Contains(rest.Output, "were done before");
        AssertSameFiles(_folder["whole"], _folder["killed"]);
    }

    [TestMethod]
    public void Run_ManifestWithABrokenLine_GoesOnBehindTheWholeOnes()
    {
        WriteImages(5, 20);
        Segment("out").RequireDone();
        Segment("other").RequireDone();
        string manifest = _folder["out", "manifest.jsonl"];
        File.WriteAllBytes(manifest, File.ReadAllBytes(manifest)[..^30]);
        File.Delete(_folder["out", "image1.png"]);

        StringAssert.Contains(Segment("out").Output, "(3 of 5 images were done before)");

        foreach (int i in Enumerable.Range(0, 5))
        {
            CollectionAssert.AreEqual(
                File.ReadAllBytes(_folder["other", $"image{i}.png"]), File.ReadAllBytes(_folder["out", $"image{i}.png"]));
        }
    }

    [TestMethod]
    public void Run_BackgroundThatIsNoClass_IsRefusedBeforeAnythingIsWritten()
    {
        WriteImages(1, 20);
        Segment("out", "--background", "3").RequireError(2, "--background", "0 to 2", "reddish, greenish, bluish");
        Assert.IsFalse(Directory.Exists(_folder["out"]));
    }

    [TestMethod]
    public void Run_PartOfASplit_IsSegmentedAlone()
    {
        WriteImages(4, 20);
        string split = _folder.Write("split.csv", "name,split", "image0,train", "image1,test", "image2,test", "image3,val");

        StringAssert.Contains(Segment("out", "--split", split).Output, "Wrote 2 masks");
        StringAssert.Contains(Segment("val", "--split", split, "--part", "val").Output, "Wrote 1 mask ");
        Segment("none", "--part", "val").RequireError(2, "--split");

        Assert.AreSequenceEqual(["image1.png", "image2.png"],
            Directory.GetFiles(_folder["out"], "*.png").Select(file => Path.GetFileName(file)!).Order());
        Assert.IsTrue(File.Exists(_folder["val", "image3.png"]));
    }

    [TestMethod]
    public void Run_ImageThatWasExchanged_IsSegmentedAnew()
    {
        WriteImages(2, 20);
        Segment("out").RequireDone();
        File.Copy(_folder["images", "image1.png"], _folder["images", "image0.png"], overwrite: true);

        StringAssert.Contains(Segment("out").Output, "(1 of 2 images was done before)");

        CollectionAssert.AreEqual(
            File.ReadAllBytes(_folder["out", "image1.png"]), File.ReadAllBytes(_folder["out", "image0.png"]));
    }

    [TestMethod]
    public void Run_FolderOfAnotherRequest_IsRefusedUnlessRestarted()
    {
        WriteImages(1, 20);
        Segment("out").RequireDone();

        Segment("out", "--min-region", "5").RequireError(1, "made in another way", "--min-region was 0, is 5.", "--restart");
        Segment("out", "--threshold", "0.5", "--mirror", "--scales", "1,1.5", "--sizing", "stretch", "--size", "32x16")
            .RequireError(
            1, "--threshold was 0, is 0.5", "--mirror was not given, is true", "--scales was not given, is 1,1.5",
            "--sizing was", "is stretch", "--size was not given, is 32x16");
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.Shifted());
        MlsegResult model = Segment("out");
        model.RequireError(1, "says: --model was another file. Give");
        Assert.DoesNotContain("{", model.Error);
        Segment("out", "--min-region", "5", "--restart").RequireDone();
    }

    [TestMethod]
    public void Run_BadImages_ThrowNamesTheFileAndSkipNotesIt()
    {
        WriteImages(4, 20);
        byte[] data = File.ReadAllBytes(_folder["images", "image2.png"]);
        File.WriteAllBytes(_folder["images", "image2.png"], data[..(data.Length / 2)]);

        Segment("thrown").RequireError(1, "image2.png");
        MlsegResult skipped = Segment("skipped", "--bad-images", "skip");

        Assert.AreEqual(0, skipped.ExitCode, skipped.Error);
        StringAssert.Contains(skipped.Output, "Wrote 3 masks");
        StringAssert.Contains(skipped.Output, "Skipped 1 image,");
        StringAssert.Contains(skipped.Error, "image2.png");
        StringAssert.Contains(File.ReadAllText(_folder["skipped", "manifest.jsonl"]), "image2.png");
        Assert.IsFalse(File.Exists(_folder["skipped", "image2.png"]));
    }

    [TestMethod]
    public void Run_FullDisk_StopsAndLeavesNoBrokenFile()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        WriteImages(3, 20);
        Directory.CreateDirectory(_folder["out"]);
        File.CreateSymbolicLink(_folder["out", "image1.png.partial"], "/dev/full");

        Segment("out").RequireError(1, "No space left on device");

        Assert.IsFalse(File.Exists(_folder["out", "image1.png"]));
        Assert.IsEmpty(Directory.GetFiles(_folder["out"], "*.partial"));
        Segment("out").RequireDone();
        Assert.IsTrue(File.Exists(_folder["out", "image1.png"]));
    }

    [TestMethod]
    public void Run_Corrected_FillsHolesAndRemovesRegions()
    {
        string images = Directory.CreateDirectory(_folder["images"]).FullName;
        byte[] indices =
            [.. Enumerable.Range(0, 20 * 20).Select(
                i => (byte)((i % 20, i / 20) switch { (5, 5) => 2, ( >= 3 and < 9, >= 3 and < 9) => 1, (15, 15) => 1, _ => 2 }))];
        PngWriter.WriteIndexed(Path.Combine(images, "image.png"), indices, 20, 20, _colours);

        Segment("out", "--background", "2", "--min-region", "4", "--max-hole", "3").RequireDone();

        ushort[] mask = LabelImageReader.Read(_folder["out", "image.png"]).Values;
        Assert.AreEqual(1, mask[5 * 20 + 5]);
        Assert.AreEqual(2, mask[15 * 20 + 15]);
        Assert.AreEqual(36, mask.Count(value => value == 1));
    }

    [TestMethod]
    public void Run_Threshold_WritesNoClassAs255()
    {
        WriteImages(1, 20);

        Segment("out", "--threshold", "1").RequireDone();

        Assert.IsTrue(LabelImageReader.Read(_folder["out", "image0.png"]).Values.All(value => value == 255));
    }

    [TestMethod]
    public void Run_Tiled_IsTheMaskOfWholeImages()
    {
        WriteImages(2, 100);

        Segment("whole").RequireDone();
        Segment("tiled", "--sizing", "tiled", "--size", "32x32").RequireDone();

        foreach (int i in Enumerable.Range(0, 2))
        {
            CollectionAssert.AreEqual(LabelImageReader.Read(_folder["whole", $"image{i}.png"]).Values,
                LabelImageReader.Read(_folder["tiled", $"image{i}.png"]).Values);
        }
    }

    [TestMethod]
    [DataRow("--format", "png,jpg", "coco")]
    [DataRow("--bad-images", "column", "skip")]
    [DataRow("--sizing", "huge", "letterbox")]
    [DataRow("--threshold", "2", "0 to 1")]
    public void Run_WrongOption_SaysWhatIsExpected(string option, string value, string expected)
    {
        WriteImages(1, 20);

        Segment("out", option, value).RequireError(2, value, expected);
    }

    private MlsegResult Segment(string target, params string[] options) => Mlseg.Run([.. Arguments(target), .. options]);

    private string[] Arguments(string target) =>
        ["segment", "--model", Model, "--images", _folder["images"], "--out", _folder[target]];

    private void WriteImages(int count, int size)
    {
        Directory.CreateDirectory(_folder["images"]);
        for (int i = 0; i < count; i++)
        {
            byte[] indices = [.. Enumerable.Range(0, size * size).Select(at => (byte)ClassAt(i, at % size, at / size))];
            PngWriter.WriteIndexed(_folder["images", $"image{i}.png"], indices, size, size, _colours);
        }
    }

    private static int ClassAt(int image, int x, int y) => (x / (5 + image) + y / 7) % 3;

    private static void AssertSameFiles(string expected, string actual)
    {
        string[] names = [.. Directory.GetFiles(expected).Select(path => Path.GetFileName(path)).Order()];
        CollectionAssert.AreEqual(names, Directory.GetFiles(actual).Select(path => Path.GetFileName(path)).Order().ToArray());
        foreach (string name in names)
        {
            CollectionAssert.AreEqual(
                File.ReadAllBytes(Path.Combine(expected, name)), File.ReadAllBytes(Path.Combine(actual, name)), name);
        }
    }
}

namespace MLSegmentation.Tests;

/// <summary>Read back by the reader of a format, masks are as they were written, and outlines within a pixel.</summary>
[TestClass]
public sealed class AnnotationWriterTest
{
    private static readonly string[] _names = ["background", "crack", "pit", "stain: 'a' \"wide\" one"];
    private static readonly WrittenClasses _classes = WrittenClasses.Of(_names);

    /// <summary>Every pixel on its own: regions of one pixel, holes, corners that touch, and all of the border.</summary>
    [TestMethod]
    [DataRow("masks")]
    [DataRow("coco")]
    [DataRow("labelme")]
    [DataRow("cvat")]
    [DataRow("voc")]
    [DataRow("label-studio")]
    public void Add_RandomMasks_AreReadBackExactly(string format)
    {
        var random = new Random(7);
        foreach (var (width, height) in new[] { (1, 1), (1, 9), (7, 1), (23, 17), (64, 40) })
        {
            uint[] keys = [.. Enumerable.Range(0, width * height).Select(_ => (uint)random.Next(_names.Length + 1))];
            RequireExact(format, Without(format, keys), width, RegionForm.Mask, 0);
        }
    }

    /// <summary>Larger regions with holes in them, and regions in these.</summary>
    [TestMethod]
    [DataRow("masks")]
    [DataRow("coco")]
    [DataRow("labelme")]
    [DataRow("cvat")]
    [DataRow("voc")]
    [DataRow("label-studio")]
    public void Add_Blobs_AreReadBackExactly(string format)
    {
        for (int seed = 0; seed < 5; seed++) RequireExact(format, Without(format, Blobs(seed, 60, 45)), 60, RegionForm.Mask, 0);
    }

    /// <summary>
    /// Outlines that are not simplified are exact where pixels count by their middles, also with slits; LabelMe's fill paints the
    /// places that sides end on, so that its outlines are within a pixel.
    /// </summary>
    [TestMethod]
    [DataRow("coco")]
    [DataRow("cvat")]
    [DataRow("yolo")]
    [DataRow("label-studio")]
    public void Add_OutlinesWithoutTolerance_AreReadBackExactly(string format)
    {
        var random = new Random(3);
        uint[] noise = [.. Enumerable.Range(0, 31 * 19).Select(_ => (uint)random.Next(_names.Length) + 1)];
        RequireExact(format, noise, 31, RegionForm.Polygon, 0);
        for (int seed = 0; seed < 5; seed++)
            RequireExact(format, Without(format, Blobs(seed, 60, 45)), 60, RegionForm.Polygon, 0);
    }

    [TestMethod]
    [DataRow("coco", 1)]
    [DataRow("cvat", 1)]
    [DataRow("yolo", 1)]
    [DataRow("label-studio", 1)]
    [DataRow("labelme", 0)]
    [DataRow("labelme", 1)]
    public void Add_Outlines_AreReadBackWithinAPixelOfBorders(string format, double tolerance)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            uint[] keys = Without(format, Blobs(seed, 60, 45));
            uint[] found = RoundTrip(format, keys, 60, RegionForm.Polygon, tolerance);
            for (int i = 0; i < keys.Length; i++)
                Assert.IsTrue(keys[i] == found[i] || IsAtBorder(keys, 60, i), $"{format}, seed {seed}: {i % 60}, {i / 60}");
        }
    }

    [TestMethod]
    [DataRow("masks")]
    [DataRow("coco")]
    [DataRow("labelme")]
    [DataRow("cvat")]
    [DataRow("yolo")]
    [DataRow("voc")]
    [DataRow("label-studio")]
    public void Add_FileThatIsThere_IsRefusedAndStays(string format)
    {
        using var folder = new WrittenFolder();
        LabelledImage image = folder.Image([1, 2], 2);
        var options = new AnnotationWriterOptions { Classes = _classes };
        string path = folder.Write(format, options, image);
        DateTime written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : Directory.GetLastWriteTimeUtc(path);

        var error = Assert.ThrowsExactly<IOException>(() => folder.Write(format, options, image));

        Assert.Contains("already, and labels are not replaced", error.Message);
        Assert.AreEqual(written, File.Exists(path) ? File.GetLastWriteTimeUtc(path) : Directory.GetLastWriteTimeUtc(path));
    }

    /// <summary>LabelMe's files lie beside their images, and are read from one folder.</summary>
    [TestMethod]
    [DataRow("coco")]
    [DataRow("cvat")]
    [DataRow("yolo")]
    [DataRow("voc")]
    [DataRow("label-studio")]
    public void Add_ImageOfASubfolder_IsFoundAgain(string format)
    {
        using var folder = new WrittenFolder();
        uint[] keys = [2, 2, 2, 2, 2, 2, 1, 1, 1];

        string path = folder.Write(
            format, new AnnotationWriterOptions { Classes = _classes, Tolerance = 0 }, folder.Image(keys, 3, "part 1/ä #1.png"));

        Assert.AreSequenceEqual(keys, folder.Read(path, format, _names));
    }

    [TestMethod]
    public void Add_ClassesWithoutBackground_WritesTheFirstToo()
    {
        using var folder = new WrittenFolder();
        string[] names = ["road", "car"];

        string path = folder.Write(
            "coco", new AnnotationWriterOptions { Classes = WrittenClasses.Of(names) }, folder.Image([1, 1, 2, 2], 2));

        Assert.AreSequenceEqual(new uint[] { 1, 1, 2, 2 }, folder.Read(path, "coco", names));
    }

    [TestMethod]
    public void Dispose_NotComplete_LeavesNoFile()
    {
        using var folder = new WrittenFolder();
        var options = new AnnotationWriterOptions { Classes = _classes };
        foreach (WrittenFormat format in WrittenFormat.All.Where(format => !format.IsFolder))
        {
            using (IAnnotationWriter writer = format.Begin(folder[$"half/{format.Name}"], options, []))
                writer.Add(folder.Image([1, 2], 2));
        }

        Assert.IsEmpty(Directory.GetFiles(folder["half"]));
    }

    /// <summary>What others have in the folder stays, and so does the image.</summary>
    [TestMethod]
    [DataRow("masks")]
    [DataRow("labelme")]
    [DataRow("yolo")]
    [DataRow("voc")]
    public void Dispose_FolderNotComplete_LeavesWhatWasThere(string name)
    {
        using var folder = new WrittenFolder();
        WrittenFormat format = WrittenFormat.All.Single(one => one.Name == name);
        var options = new AnnotationWriterOptions { Classes = _classes };
        LabelledImage image = folder.Image([1, 2], 2, "part/a.png");
        Directory.CreateDirectory(folder["out"]);
        File.WriteAllText(folder["out/notes.txt"], "mine");

        using (IAnnotationWriter writer = format.Begin(folder["out"], options, [])) writer.Add(image);

        Assert.AreSequenceEqual([folder["out/notes.txt"]], Directory.GetFileSystemEntries(folder["out"]));
        Assert.IsTrue(File.Exists(image.Path));
        folder.Write(name, options, image);
    }

    /// <summary>The second image is in the way before the first is written.</summary>
    [TestMethod]
    [DataRow("masks", "b.png")]
    [DataRow("labelme", "b.json")]
    [DataRow("yolo", "labels/b.txt")]
    [DataRow("voc", "JPEGImages/b.png")]
    public void Begin_FileOfAnImageThatIsThere_IsRefusedBeforeTheWork(string format, string file)
    {
        using var folder = new WrittenFolder();
        LabelledImage[] images = [folder.Image([1, 2], 2, "a.png"), folder.Image([1, 2], 2, "b.png")];
        Directory.CreateDirectory(Path.GetDirectoryName(folder[$"out/{file}"])!);
        File.WriteAllText(folder[$"out/{file}"], "mine");

        var error = Assert.ThrowsExactly<IOException>(() => WrittenFormat.All.Single(one => one.Name == format).Begin(
            folder["out"], new AnnotationWriterOptions { Classes = _classes },
            images.Select(image => new ListedFile(image.File, image.Path))));

        Assert.Contains("already, and labels are not replaced", error.Message);
        Assert.AreEqual("mine", File.ReadAllText(folder[$"out/{file}"]));
    }

    [TestMethod]
    [DataRow("coco", "bg", "the background")]
    [DataRow("labelme", "bg", "the background")]
    [DataRow("labelme", "__ignore__", "pixels to ignore")]
    [DataRow("cvat", "bg", "the background")]
    [DataRow("yolo", "bg", "the background")]
    [DataRow("label-studio", "bg", "the background")]
    public void Begin_NameThatStandsForSomethingElse_IsRefused(string format, string name, string taken)
    {
        using var folder = new WrittenFolder();

        var error = Assert.ThrowsExactly<InvalidDataException>(() => folder.Write(
            format, new AnnotationWriterOptions { Classes = WrittenClasses.Of(["Background", name]) }));

        Assert.Contains($"The class '{name}' would be read as {taken}", error.Message);
    }

    [TestMethod]
    public void Begin_TwoImagesOfOneName_IsRefused()
    {
        using var folder = new WrittenFolder();
        ListedFile[] images = [new("a.png", folder["images/a.png"]), new("a.jpg", folder["images/a.jpg"])];

        var error = Assert.ThrowsExactly<IOException>(() => WrittenFormat.All.Single(one => one.Name == "masks").Begin(
            folder["out"], new AnnotationWriterOptions { Classes = _classes }, images));

        Assert.Contains("would both be written to", error.Message);
    }

    private static void RequireExact(string format, uint[] keys, int width, RegionForm form, double tolerance) =>
        Assert.AreSequenceEqual(keys, RoundTrip(format, keys, width, form, tolerance), $"{format} of width {width}");

    private static uint[] RoundTrip(string format, uint[] keys, int width, RegionForm form, double tolerance)
    {
        using var folder = new WrittenFolder();
        var options = new AnnotationWriterOptions { Classes = _classes, Form = form, Tolerance = tolerance };
        return folder.Read(folder.Write(format, options, folder.Image(keys, width)), format, _names);
    }

    /// <summary>What is to be ignored is background where the format has no place for it.</summary>
    private static uint[] Without(string format, uint[] keys) =>
        WrittenFormat.All.Single(one => one.Name == format).KeepsIgnored ? keys : [.. keys.Select(key => Math.Max(key, 1u))];

    /// <summary>Discs upon each other, of all keys.</summary>
    private static uint[] Blobs(int seed, int width, int height)
    {
        var random = new Random(seed);
        var canvas = new MaskCanvas(width, height, key: 1);
        for (int i = 0; i < 40; i++)
        {
            canvas.Begin((uint)random.Next(_names.Length + 1));
            int radius = 1 + random.Next(12);
            new EllipseShape(
                new PolygonPoint(random.Next(width), random.Next(height)), radius, 1 + random.Next(12), random.Next(180))
                .Paint(canvas);
        }
        return canvas.Keys;
    }

    /// <summary>Whether a pixel has a neighbour of another key, or one outside of the image, where regions end too.</summary>
    private static bool IsAtBorder(uint[] keys, int width, int pixel)
    {
        int x = pixel % width, y = pixel / width;
        if (x == 0 || y == 0 || x == width - 1 || y == (keys.Length / width) - 1) return true;
        return Enumerable.Range(-1, 3).Any(
            down => Enumerable.Range(-1, 3).Any(right => keys[pixel + (down * width) + right] != keys[pixel]));
    }
}

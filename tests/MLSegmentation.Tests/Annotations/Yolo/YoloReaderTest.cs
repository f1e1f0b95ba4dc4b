namespace MLSegmentation.Tests;

[TestClass]
public sealed class YoloReaderTest
{
    private const string Names = "train: images/train\nval: images/train\nnames:\n  0: pit\n  1: stain\n";

    [TestMethod]
    [DataRow(Names, DisplayName = "names by numbers")]
    [DataRow("path: .\ntrain: images/train\nnames: [pit, stain]\nnc: 2\n", DisplayName = "names as a list")]
    [DataRow("train: ../images/train\nnames: [pit, stain]\n", DisplayName = "Roboflow's paths")]
    [DataRow("train: list.txt\nnames: [pit, stain]\n", DisplayName = "a list of images")]
    public void Read_PolygonAndBox_ArePaintedInOrder(string yaml)
    {
        // In 8 by 4 pixels: a polygon from 0 to 4 across and 0 to 2 down, and a box around (4, 2) of 4 by 2.
        using AnnotationFolder folder = Make(yaml, "0 0 0 0.5 0 0.5 0.5 0 0.5\n\n1 0.5 0.5 0.5 0.5\n");
        IAnnotationReader reader = folder.Open();

        Assert.AreSequenceEqual(["background", "pit", "stain"], reader.ClassNames);
        AnnotationFolder.RequireMask(
            reader,
            "11110000",
            "11222200",
            "00222200",
            "00000000");
    }

    [TestMethod]
    public void Read_ImageWithoutLabels_IsBackground()
    {
        using AnnotationFolder folder = Make(Names, "");
        File.Delete(folder["labels/train/a.txt"]);

        AnnotationFolder.RequireMask(folder.Open(), "00000000", "00000000", "00000000", "00000000");
    }

    /// <summary>Predictions have their confidence at the end of a line.</summary>
    [TestMethod]
    public void Read_Predictions_PassesOverTheirConfidence()
    {
        using AnnotationFolder folder = Make(Names, "0 0 0 0.5 0 0.5 0.5 0 0.5 0.9\n1 0.5 0.5 0.5 0.5 0.8\n");

        AnnotationFolder.RequireMask(folder.Open(), "11110000", "11222200", "00222200", "00000000");
    }

    [TestMethod]
    [DataRow("2 0 0 1 0 1 1", "expected 0 to 1")]
    [DataRow("0 0 0 1 x 1 1", "'x'")]
    public void Read_Damaged_NamesTheLine(string line, string words)
    {
        using AnnotationFolder folder = Make(Names, $"\n{line}\n");

        var error = Assert.ThrowsExactly<InvalidDataException>(() => AnnotationFolder.Faults(folder.Open()));

        Assert.Contains("line 2", error.Message);
        Assert.Contains(words, error.Message);
    }

    [TestMethod]
    [DataRow("train: images\n", "no names")]
    [DataRow("names: [a]\n", "no train")]
    [DataRow("names: [a, a]\ntrain: images\n", "'a' twice")]
    [DataRow("names: [a\n", "data.yaml")]
    [DataRow("train: images\nnames:\n  1: a\n", "from 0")]
    public void Open_DamagedYaml_SaysWhat(string yaml, string words)
    {
        using AnnotationFolder folder = Make(yaml, "");

        Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message);
    }

    /// <summary>A hundredth of the side is a rounding's excess; pixels in place of parts would cover the whole image.</summary>
    [TestMethod]
    [DataRow("0 0 0 1.01 0 1.01 1 0 1", null)]
    [DataRow("0 0 0 1.02 0 1.02 1 0 1", "has the coordinate 1.02, expected 0 to 1")]
    [DataRow("0 -0.5 0 1 0 1 1 0 1", "has the coordinate -0.5")]
    [DataRow("0 4 2 4 2", "has the coordinate 4")]
    public void Paint_CoordinatesBeyondTheImage_IsAnErrorThatNamesTheLine(string line, string? words)
    {
        using AnnotationFolder folder = Make(Names, $"\n{line}\n");
        IAnnotationReader reader = folder.Open();
        if (words is null)
        {
            AnnotationFolder.RequireMask(reader, "11111111", "11111111", "11111111", "11111111");
            return;
        }

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationMasks.Paint(reader, reader.Images.Single())).Message;

        Assert.Contains(words, message);
        Assert.Contains("line 2 of", message);
        Assert.Contains("a.txt", message);
    }

    /// <summary>What reads YAML goes down by recursion, and would end the process.</summary>
    [TestMethod]
    public void Open_YamlNestedDeeply_IsAnError()
    {
        using AnnotationFolder folder = Make($"names: [a]\ntrain: {new string('[', 50_000)}{new string(']', 50_000)}\n", "");

        Assert.Contains("64 deep", Assert.ThrowsExactly<InvalidDataException>(() => folder.Open()).Message);
    }

    [TestMethod]
    public void Open_ImageInTwoParts_IsOne()
    {
        using AnnotationFolder folder = Make("train: images\nval: images/train\nnames: [a]\n", "");

        Assert.AreEqual("images/train/a", folder.Open().Images.Single().Name);
    }

    [TestMethod]
    public void Open_ListWithMissingAndFarImages_NotesThemAndKeepsNamesWithin()
    {
        using AnnotationFolder folder = Make("train: list.txt\npath: images/train\nnames: [a]\n", "")
            .WithImage("photos/b.png", 8, 4).WithText("images/train/list.txt", "a.png\n../../photos/b.png\nc.png\n");
        List<string> missing = [];

        IAnnotationReader reader = AnnotationFormat.Read(folder.Path, null, null, missing);

        Assert.AreSequenceEqual(["a", "b"], reader.Images.Select(image => image.Name));
        Assert.Contains("c.png", missing.Single());
    }

    private static AnnotationFolder Make(string yaml, string labels) => new AnnotationFolder()
        .WithImage("images/train/a.png", 8, 4)
        .WithText("labels/train/a.txt", labels)
        .WithText("list.txt", "./images/train/a.png\n")
        .WithText("data.yaml", yaml);
}

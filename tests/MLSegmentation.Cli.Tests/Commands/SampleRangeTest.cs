namespace MLSegmentation.Cli.Tests;

/// <summary>Images of 12 bits in files of 16, from the check to the masks.</summary>
[TestClass]
public sealed class SampleRangeTest
{
    private const int Size = 64, Dark = 1000, Bright = 3000;

    [TestMethod]
    public void Check_TwelveBitsInSixteen_SaysWhichImagesAndWhatHelps()
    {
        using TestFolder folder = Make(2);
        string[] check = ["check", "--images", folder.Images, "--masks", folder.Masks];

        MlsegResult result = Mlseg.Run(check);

        result.RequireDone();
        Assert.Contains("warning narrow-range: 1", result.Output);
        Assert.Contains(
            $"2 images ('{folder["images", "0.tif"]}', '{folder["images", "1.tif"]}') with integers of 16 bits have values of "
            + "1000..3007", result.Output);
        Assert.Contains("--range auto", result.Output);
        Assert.DoesNotContain("narrow-range", Mlseg.Run([.. check, "--range", "0..4095"]).Output);
    }

    [TestMethod]
    public void Range_FromTheTrainingImages_IsThatOfScoring()
    {
        using TestFolder folder = Make(4);
        string model = folder["model.onnx"];

        Mlseg.Run(
            "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", model, "--size", "64x64",
            "--epochs", "25", "--batch", "4", "--network", "unet-compact",
            "--range", "auto").RequireDone();

        Assert.Contains("1000..3015", Mlseg.Run("info", model).Output);
        double MeanIoU(params string[] more) =>
            Mlseg.Run(["evaluate", "--model", model, "--images", folder.Images, "--masks", folder.Masks, "--json", .. more])
                .Json().GetProperty("meanIoU").GetDouble();
        double ranged = MeanIoU();
        Assert.IsGreaterThan(0.8, ranged);
        Assert.IsLessThan(ranged, MeanIoU("--range", "0..65535"));

        // By file and, for the overlay, by the whole image.
        Mlseg.Run("segment", "--model", model, "--images", folder.Images, "--out", folder["plain"]).RequireDone();
        Mlseg.Run("segment", "--model", model, "--images", folder.Images, "--out", folder["drawn"], "--format", "overlay")
            .RequireDone();
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["plain", "0.png"]), File.ReadAllBytes(folder["drawn", "0.png"]));
        Assert.AreEqual(Size * Size, LabelImageReader.Read(folder["plain", "0.png"]).Values.Length);
    }

    [TestMethod]
    public void Range_ThatIsNone_SaysWhatIsExpected()
    {
        using TestFolder folder = Make(1);

        Mlseg.Run("check", "--images", folder.Images, "--masks", folder.Masks, "--range", "4095")
            .RequireError(2, "--range", "0..4095");
    }

    /// <summary>Dark fields with a bright square, at another place in each, and a little noise.</summary>
    private static TestFolder Make(int images)
    {
        var folder = new TestFolder();
        Directory.CreateDirectory(folder.Images);
        Directory.CreateDirectory(folder.Masks);
        for (int i = 0; i < images; i++)
        {
            int left = 8 + (9 * i);
            bool IsBright(int x, int y) => x >= left && x < left + 24 && y is >= 20 and < 44;
            DeepTiff.Write(folder["images", $"{i}.tif"], Size, Size,
                (x, y) => (ushort)((IsBright(x, y) ? Bright : Dark) + ((x + y) % (4 * (i + 1)))));
            byte[] labels = [.. Enumerable.Range(0, Size * Size).Select(at => (byte)(IsBright(at % Size, at / Size) ? 1 : 0))];
            PngWriter.WriteIndexed(folder["masks", $"{i}.png"], labels, Size, Size, Palette.Voc(2));
        }
        return folder;
    }
}

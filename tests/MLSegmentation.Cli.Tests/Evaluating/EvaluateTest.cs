using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary><c>mlseg evaluate</c> with networks whose results are known.</summary>
[TestClass]
public sealed class EvaluateTest
{
    private readonly SegmentFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    public void Evaluate_WithPictures_RunsTheNetworkOnceAnImageAndLeavesThePicturesAlone()
    {
        const int Count = 5;
        _folder.WithImages(Count);
        Directory.CreateDirectory(_folder["masks"]);
        for (int i = 0; i < Count; i++) WriteMask(i);
        var options = new EvaluateOptions
        {
            Images = _folder["images"],
            Masks = _folder["masks"],
            Pictures = _folder["pictures"],
        };
        using LabelledSet set = LabelledSet.Open(options, null, [], isJson: false, default);

        Evaluation found = SegmentationEvaluation.Evaluate(
            options, OnnxModelSource.OfFile(_folder["model.onnx"]), new SegmentImageOptions(), set, new Progress<ProgressStep>(),
            default);

        Assert.AreEqual(Count, found.Runs);
        Assert.AreSequenceEqual(
            ["best.png", "median.png", "worst.png"],
            Directory.GetFiles(_folder["pictures"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        // The masks are the images' own classes but for the first rows, of which the image i has i too many.
        Assert.AreSequenceEqual(
            ["image0.png", "image2.png", "image4.png"], found.Pictures!.Select(
                picture => Path.GetFileName(picture.Image)).ToArray());
        Assert.AreEqual(1, found.Pictures![0].MeanIoU);
    }

    [TestMethod]
    public void Evaluate_AutoencoderWithOptionsOfMasks_RefusesThemByName()
    {
        WriteAutoencoder();

        MlsegResult result = Autoencoder("--threshold", "0.5", "--mirror", "--bootstrap");

        result.RequireError(2, "autoencoder", "leave --bootstrap, --threshold, --mirror out");
    }

    [TestMethod]
    public void Evaluate_Classifier_IsRefusedByWhatItDoes()
    {
        string model = Path.Combine(SharedData.Repository, "tests", "MLSegmentation.Tests", "Data", "Kept", "classifier.onnx");

        MlsegResult result = Mlseg.Run("evaluate", "--model", model, "--images", _folder.WithImages(1)["images"]);

        result.RequireError(2, model, "gives the whole image a class", "ClassifyImage");
    }

    [TestMethod]
    public void Evaluate_AutoencoderWithASize_SeesImagesSo()
    {
        WriteAutoencoder();

        // It halves what it sees, so that the error is a quarter of the square: of a white row and a black one, half of that.
        Assert.AreEqual(0.125, Error(), 1e-3);

        // Twice as large, the rows are white, 3/4, 1/4 and black; what fills a letterbox is not counted.
        Assert.AreEqual((1 + 0.5625 + 0.0625) / 16, Error("--sizing", "letterbox", "--size", "16x16"), 1e-3);

        // Both rows stretched into one are gray.
        Assert.AreEqual(0.0625, Error("--sizing", "stretch", "--size", "8x1"), 1e-3);
        Autoencoder("--sizing", "tiled").RequireError(1, "tiles are for masks alone");
        Autoencoder("--size", "0x8").RequireError(2, "--size");
    }

    [TestMethod]
    public void Evaluate_AutoencoderWithMasks_SaysHowWellItFindsDefects()
    {
        WriteAutoencoder();
        Rgb[] grays = [default, new(255, 255, 255), new(128, 128, 128)];
        Directory.CreateDirectory(_folder["masks"]);
        PngWriter.WriteIndexed(_folder["images", "gray.png"], [.. Enumerable.Repeat((byte)2, 8), .. new byte[8]], 8, 2, grays);
        PngWriter.WriteIndexed(_folder["images", "dark.png"], new byte[16], 8, 2, grays);

        // Half of what is bright is not given back: of the white row more than of the gray one, of black nothing.
        byte[] above = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        PngWriter.WriteIndexed(_folder["masks", "rows.png"], above, 8, 2, Palette.Voc(2));
        PngWriter.WriteIndexed(_folder["masks", "gray.png"], new byte[16], 8, 2, Palette.Voc(2));
        PngWriter.WriteIndexed(_folder["masks", "dark.png"], new byte[16], 8, 2, Palette.Voc(2));
        var found = Autoencoder("--masks", _folder["masks"], "--json").Json();
        Assert.AreEqual(1, found.GetProperty("imageAuroc").GetDouble());
        Assert.AreEqual(1, found.GetProperty("pixelAuroc").GetDouble());
        Assert.AreEqual(1, found.GetProperty("defectiveImages").GetInt32());
        Assert.AreEqual(3, found.GetProperty("images").GetInt32());

        // With the gray row the defect, the white image is the higher of the two others.
        PngWriter.WriteIndexed(_folder["masks", "rows.png"], new byte[16], 8, 2, Palette.Voc(2));
        PngWriter.WriteIndexed(_folder["masks", "gray.png"], above, 8, 2, Palette.Voc(2));
        string text = Autoencoder("--masks", _folder["masks"]).Output;
        Assert.Contains("image AUROC  0.5000", text);
        Assert.Contains("pixel AUROC  0.8000", text);
        Assert.Contains("images  3, defective 1", text);
    }

    private double Error(params string[] options) =>
        Autoencoder([.. options, "--json"]).Json().GetProperty("meanSquaredError").GetDouble();

    private MlsegResult Autoencoder(params string[] options) =>
        Mlseg.Run(["evaluate", "--model", _folder["model.onnx"], "--images", _folder["images"], .. options]);

    private void WriteAutoencoder()
    {
        File.WriteAllBytes(_folder["model.onnx"], TestGraphs.Halving());
        PngWriter.WriteIndexed(
            _folder["images", "rows.png"], [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], 8, 2, [default, new(255, 255, 255)]);
    }

    private void WriteMask(int index)
    {
        LabelImage classes = LabelImageReader.Read(_folder["images", $"image{index}.png"]);
        byte[] keys = [.. classes.Values.Select(value => (byte)value)];
        for (int i = 0; i < index * classes.Width; i++) keys[i] = (byte)((keys[i] + 1) % 3);
        PngWriter.WriteIndexed(_folder["masks", $"image{index}.png"], keys, classes.Width, classes.Height, Palette.Voc(3));
    }
}

using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ModelInputTest
{
    private static readonly MLContext _ml = new(1);

    private static readonly Dictionary<string, Action<ImagePreparation?>> _foreign = new()
    {
        ["SegmentImage"] = preparation => _ml.Transforms.SegmentImage(
            "Output", "Image", TestGraphs.Foreign(), new() { Preparation = preparation }),
        ["ReconstructImage"] = preparation => _ml.Transforms.ReconstructImage(
            "Output", "Image", ForeignHalving(), new() { Preparation = preparation }),
        ["ClassifyImage"] = preparation => _ml.Transforms.ClassifyImage(
            "Output", "Image", TestGraphs.BrightestMean(isForeign: true), new() { Preparation = preparation }),
        ["Load"] = preparation => SegmentationModel.Load(
            TestGraphs.Foreign(), new() { Preparation = preparation }).Dispose(),
    };

    private static IEnumerable<object[]> Users => _foreign.Keys.Select(user => new object[] { user });

    [TestMethod]
    [DynamicData(nameof(Users))]
    public void Preparation_SaidNowhere_IsAFaultOfTheOptionsThatSaysHowToFindOut(string user)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => _foreign[user](null));

        Assert.AreEqual("options", error.ParamName);
        foreach (string said in (string[])
            [
                "does not say how pixels are prepared", "Set Preparation to", "ImageNetRgb", "ImageNetBgr", "ZeroToOne",
                "MinusOneToOne", "CaffeBgr", "AsIs", "numbers of your own", "The training code says which",
            ])
        {
            StringAssert.Contains(error.Message, said);
        }
        _foreign[user](ImagePreparation.ImageNetRgb);
    }

    [TestMethod]
    public void Preparation_ModelOfThisProject_IsAsItIs()
    {
        using var silent = SegmentationModel.Load(TestGraphs.BrightestChannel());
        using var told = SegmentationModel.Load(
            TestGraphs.BrightestChannel(), new() { Preparation = new() { Scale = 1 } });

        Assert.AreEqual(ImagePreparation.AsIs, silent.Info.Preparation);
        Assert.AreEqual(ImagePreparation.AsIs, told.Options.Preparation);
    }

    /// <summary>A pipeline is built before a prediction engine: the wrong mask is never made.</summary>
    [TestMethod]
    public void Preparation_OptionsAndMetadataDisagree_ShowsBoth()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable([new TestImages.SizedRow { Image = TestImages.Image(8, 6, seed: 1) }]);

        string message = Assert.ThrowsExactly<ArgumentException>(() =>
        {
            SegmentImageTransformer model = _ml.Transforms.SegmentImage(
                "Mask", "Image", TestGraphs.BrightestChannel(), new() { Preparation = ImagePreparation.ImageNetRgb }).Fit(rows);
            _ml.Model.CreatePredictionEngine<TestImages.SizedRow, TestImages.Prediction>(model);
        }).Message;

        StringAssert.Contains(
            message, "The options say that pixels are prepared as imagenet-rgb, but the model's metadata says as-is");
        StringAssert.Contains(message, "Leave Preparation out");
    }

    [TestMethod]
    [DataRow("minus-one-to-one", true)]
    [DataRow("scale=1/127.5,mean=1", true)]
    [DataRow("scale=1,mean=127.5,deviation=127.5", true)]
    [DataRow("scale=1,mean=127,deviation=127.5", false)]
    [DataRow("scale=1/127.5,mean=1,order=bgr", false)]
    [DataRow("scale=1/127.5,mean=1,deviation=1,1,1", true)]
    [DataRow("scale=1/127.5,mean=1,deviation=1,1,1.00001", false)]
    public void Allows_OtherNumbers_AsksWhatTheyMakeOfPixels(string given, bool expected)
    {
        var found = new FoundPreparation(ImagePreparation.MinusOneToOne, "a file");

        Assert.AreEqual(expected, found.Allows(ImagePreparation.Parse(given)));
    }

    [TestMethod]
    public void Preparation_OfOptions_TravelsInTheZip()
    {
        using var folder = new TestFolder();
        var preparation = new ImagePreparation { Mean = [0.1, 0.2, 0.3], Deviation = [0.25], ColourOrder = ColourOrder.Bgr };
        byte[] rgb = TestImages.Pixels(8, 6, seed: 2);
        IDataView rows = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = TestImages.Image(8, 6, rgb) }]);
        using SegmentImageTransformer saved = _ml.Transforms.SegmentImage(
            "Mask", "Image", TestGraphs.Foreign(), new() { Preparation = preparation }).Fit(rows);
        _ml.Model.Save(saved, rows.Schema, folder.FileNamed("model.zip"));

        using var loaded = (SegmentImageTransformer)_ml.Model.Load(folder.FileNamed("model.zip"), out _);

        Assert.AreEqual(preparation, loaded.Options.Preparation);
        CollectionAssert.AreEqual(Mask(saved), Mask(loaded));
        // The graph's classes are its channels, of which blue is the first; one deviation for all changes no order.
        uint[] expected = [.. rgb.Chunk(3).Select(pixel =>
        {
            double[] prepared = [(pixel[2] / 255d) - 0.1, (pixel[1] / 255d) - 0.2, (pixel[0] / 255d) - 0.3];
            return (uint)Array.IndexOf(prepared, prepared.Max()) + 1;
        })];
        CollectionAssert.AreEqual(expected, Mask(loaded));

        uint[] Mask(ITransformer model) => model.Transform(rows).GetColumn<uint[]>("Mask").Single();
    }

    private static byte[] ForeignHalving()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(TestGraphs.Halving());
        model.MetadataProps.Clear();
        return model.ToByteArray();
    }
}

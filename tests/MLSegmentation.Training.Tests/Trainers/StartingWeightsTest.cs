using Microsoft.ML;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class StartingWeightsTest
{
    private static readonly PublishedWeights _imageNet = WeightCatalogue.Find(WeightCatalogue.ResNet18ImageNet);
    private static readonly SegmentationTrainerOptions _options = new() { Encoder = new ResNetEncoder(20) };
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("mlseg-test-");
    private ChangedEnvironment _environment = null!;

    [TestInitialize]
    public void SetHome() =>
        _environment = new ChangedEnvironment((CacheFolder.Variable, _home.FullName), ("NUGET_PACKAGES", _home.FullName));

    [TestCleanup]
    public void ResetHome()
    {
        _environment.Dispose();
        _home.Delete(recursive: true);
    }

    [TestMethod]
    public void DefaultWeights_OfEveryNetwork_AreOfTheCatalogueAndForItsEncoder()
    {
        foreach (SegmentationNetwork network in SegmentationNetworks.All.Where(network => network.DefaultWeights is not null))
            Assert.AreEqual(network.Encoder.Name, WeightCatalogue.Find(network.DefaultWeights!).Encoder, network.Name);
        Assert.AreEqual(WeightCatalogue.ResNet18ImageNet, SegmentationNetworks.Find("unet-resnet20").DefaultWeights);
        Assert.IsNull(SegmentationNetworks.Find("unet-compact").DefaultWeights);
    }

    [TestMethod]
    public void Of_DefaultWeightsHere_TakesThem()
    {
        string path = MakeFile();

        StartingWeights start = StartingWeights.Of(_options);

        Assert.AreEqual((_imageNet.Name, path, _imageNet.Name), (start.Name, start.Path, start.Origin));
        Assert.AreEqual("The encoder resnet20 starts from the weights resnet18-imagenet.", start.Note);
    }

    /// <summary>What trained weights know of edges and colours is not to be trained anew; what is random has to be.</summary>
    [TestMethod]
    public void Prepare_FrozenStagesLeftOpen_GoesByTheWeights()
    {
        MakeFile();
        var encoder = new ResNetEncoder(20);
        int? Frozen(SegmentationTrainerOptions options) =>
            StartingWeights.Of(options).Prepare(options.Encoder, null).FrozenStages;

        Assert.AreEqual(2, Frozen(_options));
        Assert.AreEqual(2, Frozen(_options with { PretrainedWeights = _imageNet.Name }));
        Assert.AreEqual(0, Frozen(_options with { PretrainedWeights = PretrainedWeights.None }));
        Assert.AreEqual(0, Frozen(_options with { Encoder = new CompactEncoder() }));
        Assert.AreEqual(0, Frozen(_options with { Encoder = encoder with { FrozenStages = 0 } }));
        Assert.AreEqual(4, Frozen(_options with { Encoder = encoder with { FrozenStages = 4 } }));
    }

    [TestMethod]
    public void Prepare_DefaultWeightsNowhere_FreezesNothing() =>
        Assert.AreEqual(0, StartingWeights.Of(_options).Prepare(_options.Encoder, null).FrozenStages);

    /// <summary>Of the right length, and full of zeros.</summary>
    [TestMethod]
    public void Open_FileOfAnotherContent_SaysHowToReplaceIt()
    {
        string path = MakeFile();

        var error = Assert.ThrowsExactly<InvalidDataException>(() => StartingWeights.Of(_options).Open());

        foreach (string part in (string[])[path, _imageNet.Sha256, "mlseg weights get resnet18-imagenet"])
            Assert.Contains(part, error.Message);
    }

    [TestMethod]
    public void Of_DefaultWeightsNowhere_BeginsAtRandomAndSaysHowToGetThem()
    {
        StartingWeights start = StartingWeights.Of(_options);

        Assert.AreEqual((PretrainedWeights.None, null, ""), (start.Name, start.Path, start.Origin));
        string[] parts = ["begins at random", "mlseg weights get resnet18-imagenet", "Microsoft.ML.DnnImageFeaturizer.ResNet18"];
        foreach (string part in parts) Assert.Contains(part, start.Note);
    }

    [TestMethod]
    public void Of_DefaultWeightsNowhereAndFrozenEncoder_IsAnError()
    {
        var error = Assert.ThrowsExactly<FileNotFoundException>(
            () => StartingWeights.Of(_options with { Encoder = new ResNetEncoder(20) { FrozenStages = 2 } }));

        Assert.Contains("mlseg weights get resnet18-imagenet", error.Message);
    }

    [TestMethod]
    public void Of_None_BeginsAtRandomWithoutAWord()
    {
        MakeFile();

        StartingWeights start = StartingWeights.Of(_options with { PretrainedWeights = PretrainedWeights.None });

        Assert.AreEqual((PretrainedWeights.None, null, ""), (start.Name, start.Path, start.Note));
    }

    [TestMethod]
    public void Of_File_IsKnownByItsName()
    {
        string path = Path.Combine(_home.FullName, "own.pth");
        File.WriteAllBytes(path, [1]);

        StartingWeights start = StartingWeights.Of(_options with { PretrainedWeights = path });

        Assert.AreEqual(("own.pth", path, "own.pth"), (start.Name, start.Path, start.Origin));
    }

    [TestMethod]
    public void Of_EncoderWithWeightsButNoDefault_NamesThem()
    {
        Assert.Contains(
            "trained weights for it: vgg16, vgg16-torchvision",
            StartingWeights.Of(new SegmentationTrainerOptions { Encoder = new Vgg16Encoder() }).Note);
        Assert.AreEqual("", StartingWeights.Of(new SegmentationTrainerOptions { Encoder = new CompactEncoder() }).Note);
    }

    /// <summary>
    /// A model trained from other weights prepares images as these expect. A training that starts from the model does too, and
    /// its model says where the encoder came from.
    /// </summary>
    [TestMethod]
    public void Fit_InitialModel_PreparesImagesAsThatModelDoes()
    {
        string path = Path.Combine(_home.FullName, "zeros.safetensors");
        File.WriteAllBytes(path, WeightWriter.Zeros(new CompactEncoder()));
        var options = new SegmentationTrainerOptions
        {
            Encoder = new CompactEncoder(),
            Epochs = 1,
            ImageWidth = 64,
            ImageHeight = 64,
            WindowWidth = 64,
            WindowHeight = 64,
        };
        using SegmentImageTransformer first = Fit(options with { PretrainedWeights = path }),
            second = Fit(options with { InitialModel = first.Model });

        foreach (SegmentImageTransformer model in (SegmentImageTransformer[])[first, second])
        {
            Assert.AreEqual("zeros.safetensors", model.ModelInfo.Metadata.EncoderWeights);
            var (preprocessing, origin) = OnnxWeights.Describe(model.Model.Span);
            Assert.AreEqual("zeros.safetensors", origin);
            Assert.IsTrue(preprocessing!.IsBgr);
            Assert.AreSequenceEqual(ImagePreprocessing.Keras.Mean, preprocessing.Mean);
            Assert.AreSequenceEqual(ImagePreprocessing.Keras.Deviation, preprocessing.Deviation);
        }
    }

    private static SegmentImageTransformer Fit(SegmentationTrainerOptions options)
    {
        var context = new MLContext(1);
        return context.Segmentation.Trainers.UNet(options).Fit(TrainingRow.View(context, 4));
    }

    // Sparse: its length is what is looked at.
    private static string MakeFile()
    {
        string path = _imageNet.Package!.InNuGet;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        file.SetLength(_imageNet.Size);
        return path;
    }
}

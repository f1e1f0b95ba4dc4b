using System.IO.Compression;
using System.Text;
using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ModelZipTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    private string Zip => _folder.FileNamed("model.zip");

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Load_ModelInTheZipIsDamaged_SaysSo()
    {
        Save();
        Replace("Model.onnx", "no model");

        StringAssert.Contains(Inner<InvalidDataException>(() => _ml.Model.Load(Zip, out _)).Message, "The model in the zip");
    }

    [TestMethod]
    public void Load_ModelTakenOutOfTheZip_SaysSo()
    {
        Save();
        Replace("Model.onnx", null);

        StringAssert.Contains(Inner<InvalidDataException>(() => _ml.Model.Load(Zip, out _)).Message, "has no model");
    }

    [TestMethod]
    public void Load_SettingsOfTheZipAreDamaged_ShowsThem()
    {
        Save();
        Replace("Settings.json", "{ \"Colour\": 1 }");

        StringAssert.Contains(Inner<InvalidDataException>(() => _ml.Model.Load(Zip, out _)).Message, "Colour");
    }

    [TestMethod]
    [DataRow("\"Colour\": 1", "Colour")]
    [DataRow("\"Sizing\": \"Fancy\"", "Sizing")]
    [DataRow("\"TestTimeAugmentation\": { \"Angles\": [1] }", "TestTimeAugmentation.Angles")]
    [DataRow("\"Palette\": [\"red\"]", "Palette[0]")]
    public void Load_OptionOfALaterVersion_NamesItAndTheVersionToUpdateTo(string option, string name)
    {
        Save();
        Replace("Settings.json", SettingsWith(option));
        Replace("Writer.txt", "7.5.0");

        string message = Inner<InvalidDataException>(() => _ml.Model.Load(Zip, out _)).Message;

        StringAssert.Contains(message, $"'{name}'");
        StringAssert.Contains(message, $"MLSegmentation {ZippedOptions.ThisVersion} does not know");
        StringAssert.Contains(message, "MLSegmentation 7.5.0 wrote the zip: update MLSegmentation to at least that version");
        Assert.DoesNotContain("JSON", message);
    }

    [TestMethod]
    [DataRow("\"SampleRange\": { \"Low\": 5, \"High\": 3 }", "The range is 5..3")]
    [DataRow("\"Threshold\": 7", "Threshold is a probability, expected 0 to 1")]
    [DataRow("\"ImageWidth\": 8", "ImageWidth is 8 and ImageHeight is null")]
    public void Load_ValueThatALaterVersionMayTake_SaysWhatIsRefusedAndToUpdate(string option, string reason)
    {
        Save();
        Replace("Settings.json", SettingsWith(option));
        Replace("Writer.txt", "7.5.0");

        string message = Inner<InvalidDataException>(() => _ml.Model.Load(Zip, out _)).Message;

        StringAssert.Contains(message, $"The zip has an option with a value that MLSegmentation {ZippedOptions.ThisVersion}");
        StringAssert.Contains(message, reason);
        StringAssert.Contains(message, "MLSegmentation 7.5.0 wrote the zip: update MLSegmentation to at least that version");
        Assert.DoesNotContain("Parameter", message);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("0.1.0")]
    public void Load_OptionThatItsWriterDidNotKnow_SaysThatTheZipWasChanged(string? writer)
    {
        Save();
        Replace("Settings.json", SettingsWith("\"Colour\": 1"));
        Replace("Writer.txt", writer);

        string message = Inner<InvalidDataException>(() => _ml.Model.Load(Zip, out _)).Message;

        StringAssert.Contains(message, "Nor does MLSegmentation 0.1.0, which wrote the zip");
    }

    [TestMethod]
    public void Load_OptionsAreAbsent_TakesTheirDefaults()
    {
        Save();
        Replace("Settings.json", SettingsWith(""));

        using SegmentImageTransformer loaded = Load();

        var defaults = new SegmentImageOptions();
        SegmentImageOptions found = loaded.Options;
        Assert.AreEqual(
            defaults with
            {
                ClassNames = found.ClassNames,
                Palette = found.Palette,
                Sizing = ImageSizing.Native,
            },
            found);
    }

    [TestMethod]
    public void Load_EqualClassNamesOfAnOlderZip_StayAsTheyAre()
    {
        Save();
        Replace("Settings.json", SettingsWith("\"ClassNames\": [\"a\", \"a\", \"a\"]"));

        using SegmentImageTransformer loaded = Load();

        CollectionAssert.AreEqual(new[] { "a", "a", "a" }, loaded.Options.ClassNames!.ToArray());
    }

    [TestMethod]
    public void Load_OptionByTheNameOfVersion010_IsRead()
    {
        Save();
        Replace("Settings.json", SettingsWith("\"BadImagePolicy\": \"ErrorColumn\", \"ErrorColumnName\": \"Error\""));
        Replace("Writer.txt", null);

        using SegmentImageTransformer loaded = Load();

        Assert.AreEqual(
            (BadImagePolicy.ErrorColumn, "Error"), (loaded.Options.BadImagePolicy, loaded.Options.BadImageColumnName));
    }

    [TestMethod]
    public void Save_Zip_SaysWhichVersionWroteIt()
    {
        Save();

        using ZipArchive zip = ZipFile.OpenRead(Zip);
        string[] writers = [.. zip.Entries.Where(entry => entry.Name == "Writer.txt")
            .Select(entry => new StreamReader(entry.Open()).ReadToEnd())];
        CollectionAssert.AreEqual(new[] { ZippedOptions.ThisVersion, ZippedOptions.ThisVersion }, writers);
    }

    [TestMethod]
    public void Load_ZipOfAnotherKind_IsAnErrorNotAModel()
    {
        using (ZipArchive other = ZipFile.Open(Zip, ZipArchiveMode.Create)) other.CreateEntry("readme.txt");

        Assert.Throws<Exception>(() => _ml.Model.Load(Zip, out _));
    }

    [TestMethod]
    public void Save_Options_ComeBackAsTheyWere()
    {
        IDataView data = Data();
        var options = new SegmentImageOptions
        {
            ClassNames = ["a", "b", "ç"],
            Palette = [new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)],
            Sizing = ImageSizing.Letterbox,
            ImageWidth = 32,
            ImageHeight = 16,
            Preparation = ImagePreparation.AsIs,
            Threshold = 0.25f,
            ConfidenceColumnName = "Confidence",
            OverlayColumnName = "Overlay",
            OverlayOpacity = 0.75,
            Threads = 1,
        };
        using var saved = _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel(), options).Fit(data);
        _ml.Model.Save(saved, data.Schema, Zip);

        using var loaded = (SegmentImageTransformer)_ml.Model.Load(Zip, out _);

        CollectionAssert.AreEqual(options.ClassNames.ToArray(), loaded.Options.ClassNames!.ToArray());
        CollectionAssert.AreEqual(options.Palette.ToArray(), loaded.Options.Palette!.ToArray());
        Assert.AreEqual(options, loaded.Options with { ClassNames = options.ClassNames, Palette = options.Palette });
        CollectionAssert.AreEqual(saved.Model.ToArray(), loaded.Model.ToArray());
    }

    [TestMethod]
    public void Save_DisposedTransformer_StillSaves()
    {
        IDataView data = Data();
        var model = _ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel()).Fit(data);
        model.Dispose();

        _ml.Model.Save(model, data.Schema, Zip);

        Assert.HasCount(1, _ml.Model.Load(Zip, out _).Transform(data).GetColumn<uint[]>("Mask"));
    }

    private static string SettingsWith(string options) =>
        $"{{ \"OutputColumnName\": \"Mask\", \"InputColumnName\": \"Image\", \"Options\": {{ {options} }} }}";

    private SegmentImageTransformer Load() =>
        (SegmentImageTransformer)((TransformerChain<ITransformer>)_ml.Model.Load(Zip, out _)).LastTransformer;

    private IDataView Data() =>
        _ml.Data.LoadFromEnumerable([new TestImages.Row { Name = "a", Image = TestImages.Image(8, 6, 1) }]);

    private void Save()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(InputRow.In(_folder.Path));
        ITransformer model = _ml.Transforms.ReadImages("Image", _folder.Images, "ImagePath")
            .Append(_ml.Transforms.SegmentImage("Mask", "Image", TestGraphs.BrightestChannel())).Fit(data);
        _ml.Model.Save(model, data.Schema, Zip);
    }

    private void Replace(string stream, string? content)
    {
        using ZipArchive zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        ZipArchiveEntry entry = zip.Entries.Last(item => item.FullName.EndsWith(stream, StringComparison.Ordinal));
        string name = entry.FullName;
        entry.Delete();
        if (content is null) return;
        using Stream changed = zip.CreateEntry(name).Open();
        changed.Write(Encoding.UTF8.GetBytes(content));
    }

    /// <summary>ML.NET calls loaders by reflection, which wraps what they throw.</summary>
    private static T Inner<T>(Action action)
        where T : Exception
    {
        Exception? error = Assert.Throws<Exception>(action);
        while (error is not (null or T)) error = error.InnerException;
        return (T)(error ?? throw new AssertFailedException($"No {typeof(T).Name} inside."));
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training;

namespace MLSegmentation.Tests;

/// <summary>
/// Models as people bring them, adopted: each then gives the mask that an independent program made, and needs no option.
/// </summary>
[TestClass]
public sealed class AdoptedForeignModelsTest
{
    private static readonly MLContext _ml = new(1);

    private static IEnumerable<object[]> Cases => ForeignModels.NamesAndLayouts;

    private static IEnumerable<object[]> Names => ForeignModels.Names;

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void SegmentImage_Adopted_GivesItsMaskBeforeAndAfterAZip(string name, bool isTurned)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();
        string adopted = folder.FileNamed("adopted.onnx"), zip = folder.FileNamed("model.zip");
        string file = isTurned ? TurnedModel.Write(model.ModelFile, folder.Path) : model.ModelFile;
        File.WriteAllBytes(adopted, SegmentationAdopter.Adopt(file, OptionsOf(model)));
        using MLImage image = MLImage.CreateFromFile(model.ImageFile);
        IDataView rows = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);
        using SegmentImageTransformer saved = _ml.Transforms.SegmentImage("Mask", "Image", adopted).Fit(rows);

        model.RequireMask(Mask(saved));
        _ml.Model.Save(saved, rows.Schema, zip);
        using var loaded = (SegmentImageTransformer)_ml.Model.Load(zip, out _);

        model.RequireMask(Mask(loaded));

        uint[] Mask(SegmentImageTransformer segment) => segment.Transform(rows).GetColumn<uint[]>("Mask").Single();
    }

    /// <summary>Plain ONNX Runtime and numbers of 0 to 255: nothing of this project prepares or reads anything.</summary>
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Adopt_Model_GivesItsMaskInAnyRuntime(string name)
    {
        var model = ForeignModels.Of(name);
        using MLImage image = MLImage.CreateFromFile(model.ImageFile);
        float[] values = Planes(image);
        using var session = new InferenceSession(SegmentationAdopter.Adopt(model.ModelFile, OptionsOf(model)));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, [1, 3, image.Height, image.Width]);
        using var run = new RunOptions();

        using var answers = session.Run(run, ["image"], [input], ["probabilities", "mask"]);

        ReadOnlySpan<byte> mask = answers[1].GetTensorDataAsSpan<byte>();
        model.RequireMask([.. mask.ToArray().Select(index => index + 1u)]);
        if (name == "multi-label-sigmoid") return;
        ReadOnlySpan<float> probabilities = answers[0].GetTensorDataAsSpan<float>();
        for (int i = 0; i < mask.Length; i++)
        {
            float sum = 0;
            for (int at = i; at < probabilities.Length; at += mask.Length) sum += probabilities[at];
            Assert.AreEqual(1, sum, 1e-5f);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void StockPipeline_Adopted_GivesItsMask(string name)
    {
        var model = ForeignModels.Of(name);
        using var folder = new TestFolder();
        string adopted = folder.FileNamed("adopted.onnx");
        File.WriteAllBytes(adopted, SegmentationAdopter.Adopt(model.ModelFile, OptionsOf(model)));
        using MLImage image = MLImage.CreateFromFile(model.ImageFile);
        IDataView rows = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = image }]);

        IEstimator<ITransformer> Stock() =>
            _ml.Segmentation.StockPipeline("Mask", "Image", adopted, image.Width, image.Height);
        if (name == "float16")
        {
            string message = Assert.ThrowsExactly<InvalidDataException>(Stock).Message;
            StringAssert.Contains(message, "weights in half precision");
            return;
        }

        IDataView masks = Stock().Fit(rows).Transform(rows);

        model.RequireMask(masks.GetColumn<uint[]>("Mask").Single());
    }

    /// <summary>Files of Hugging Face say a preparation of the model before, which is a part of it now.</summary>
    [TestMethod]
    public void Adopt_InPlaceBesideFilesOfHuggingFace_IsPreparedOnce()
    {
        var model = ForeignModels.Of("huggingface-segformer");
        using var folder = new TestFolder();
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(model.ModelFile)!))
            File.Copy(file, folder.FileNamed(Path.GetFileName(file)));
        string place = folder.FileNamed("model.onnx");

        File.WriteAllBytes(place, SegmentationAdopter.Adopt(place));

        using var adopted = SegmentationModel.Load(place);
        Assert.AreEqual(ImagePreparation.AsIs, adopted.Info.Preparation);
        model.RequireMask(adopted.Segment(model.ImageFile).Mask.Span);
    }

    private static SegmentationModelOptions OptionsOf(ForeignModel model) =>
        new() { Preparation = model.Preparation, Classes = model.Classes };

    private static float[] Planes(MLImage image)
    {
        bool isBgr = image.PixelFormat == MLPixelFormat.Bgra32;
        int size = image.Width * image.Height;
        var values = new float[3 * size];
        for (int i = 0; i < size; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                values[channel * size + i] = image.Pixels[4 * i + (isBgr ? 2 - channel : channel)];
        }
        return values;
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ResumedFitTest
{
    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("resumed-fit-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Fit_OtherPixelsLabelsOrNumberOfImages_IsRefused()
    {
        SegmentationTrainerOptions options = Segmentation();
        TrainingRow[] rows = [.. TrainingRow.Make(6)];
        Fit(options, rows);
        using MLImage other = MLImage.CreateFromPixels(TrainingRow.Width, TrainingRow.Height, MLPixelFormat.Bgra32,
            [.. rows[3].Image.Pixels.ToArray().Select(value => (byte)(value / 2))]);
        uint[] label = [.. rows[3].Label];
        label.AsSpan(0, 40).Fill(2);

        // Half of the rows are held back: the fourth is trained on or validated with.
        string pixels = Refusal(options, [.. rows[..3], new TrainingRow { Image = other, Label = rows[3].Label }, .. rows[4..]]);
        string labels = Refusal(options, [.. rows[..3], new TrainingRow { Image = rows[3].Image, Label = label }, .. rows[4..]]);
        string more = Refusal(options, [.. TrainingRow.Make(8)]);

        StringAssert.Contains(pixels, "Data was ");
        StringAssert.Contains(labels, "Data was ");
        StringAssert.Contains(more, "Images was 3, is 4");
    }

    [TestMethod]
    public void Fit_OtherSizeOrSizing_IsRefused()
    {
        SegmentationTrainerOptions options = Segmentation();
        TrainingRow[] rows = [.. TrainingRow.Make(6)];
        Fit(options, rows);

        StringAssert.Contains(
            Refusal(options with { ImageWidth = 128, ImageHeight = 96 }, rows), "ImageSize was 96x64, is 128x96");
        StringAssert.Contains(Refusal(options with { WindowWidth = 96 }, rows), "Window was 64x64, is 96x64");
        StringAssert.Contains(Refusal(options with { Sizing = ImageSizing.Stretch }, rows), "Sizing was Letterbox, is Stretch");
        StringAssert.Contains(Refusal(options with { Encoder = options.Encoder with { IsTrainable = false } }, rows),
            "Encoder was compact, RGB less 127.5 by 64, is compact, frozen");
    }

    [TestMethod]
    public void Fit_SameDataAndAnotherRate_GoesOnAndSaysSo()
    {
        SegmentationTrainerOptions options = Segmentation();
        TrainingRow[] rows = [.. TrainingRow.Make(6)];
        Fit(options, rows);
        var notes = new List<string>();

        Fit(options with
        {
            Resume = true,
            LearningRate = 1e-4,
            Progress = new SynchronousProgress(report => notes.AddRange(report.Warning is { } note ? [note] : [])),
        }, rows);

        StringAssert.EndsWith(notes.Single(), "otherwise than it was: LearningRate was 0.002, is 0.0001.");
    }

    [TestMethod]
    public void Fit_AutoencoderOfAnotherCode_IsRefused()
    {
        var options = new AutoencoderTrainerOptions
        {
            Epochs = 1,
            BatchSize = 4,
            CheckpointPath = Path.Combine(_folder, "training.checkpoint"),
        };
        IDataView rows = TrainingRow.View(_ml, 8);
        _ml.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(rows).Dispose();

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => _ml.Segmentation.Trainers.ConvolutionalAutoencoder(
                options with { Resume = true, Latent = 3, ImageWidth = 32 }).Fit(rows));

        StringAssert.Contains(error.Message, "Latent was 2, is 3");
        StringAssert.Contains(error.Message, "ImageSize was 28x28, is 32x28");
    }

    [TestMethod]
    public void Fit_ResumedWithOtherWeights_IsRefused()
    {
        string file = Path.Combine(_folder, "encoder.safetensors");
        File.WriteAllBytes(file, WeightWriter.Zeros(new CompactEncoder()));
        SegmentationTrainerOptions options = Segmentation() with { PretrainedWeights = file };
        TrainingRow[] rows = [.. TrainingRow.Make(6)];
        Fit(options, rows);

        string refusal = Refusal(options with { PretrainedWeights = PretrainedWeights.None }, rows);

        StringAssert.Contains(refusal, "PretrainedWeights was encoder.safetensors, is none");
    }

    private string Refusal(SegmentationTrainerOptions options, TrainingRow[] rows) =>
        Assert.ThrowsExactly<InvalidDataException>(() => Fit(options with { Resume = true }, rows)).Message;

    private void Fit(SegmentationTrainerOptions options, TrainingRow[] rows) =>
        _ml.Segmentation.Trainers.FullyConvolutionalNetwork(options).Fit(_ml.Data.LoadFromEnumerable(rows)).Dispose();

    private SegmentationTrainerOptions Segmentation() => new()
    {
        Encoder = new CompactEncoder(),
        Epochs = 1,
        BatchSize = 3,
        ImageWidth = 96,
        ImageHeight = 64,
        WindowWidth = 64,
        WindowHeight = 64,
        ValidationFraction = 0.5,
        CheckpointPath = Path.Combine(_folder, "training.checkpoint"),
    };
}

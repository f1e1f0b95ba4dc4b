using MLSegmentation.Training;

namespace MLSegmentation.Tests;

/// <summary>Each folder refers only to those before it.</summary>
[TestClass]
public sealed class FolderOrderTest
{
    // Folders side by side in one place know nothing of each other. Export reads a network's weights from its TorchSharp module.
    private static readonly string[][] _scoring =
        [["Wording"], ["Files"], ["Drawing", "Masks", "Metrics"], ["Images", "Review"], ["Formats", "Onnx"], ["Scoring"],
         ["Rows"], ["Evaluation", "MaskTransforms", "Models", "ReadTransforms"], ["Persistence"], ["Data"], ["Annotations"],
         ["Catalog"]];
    private static readonly string[][] _training =
        [["Onnx", "Logging"], ["Layers"], ["Networks"], ["Torch"], ["Export", "Weights", "Downloads"], ["Loop"], ["Trainers"]];

    // What the folders of Images share lies beside them and knows none of them. What puts those of Scoring together lies beside
    // them and knows all.
    private static readonly string[][] _images = [[SourceFolders.Root], ["Codecs", "Preparation"], ["Labels", "Sizing"]];
    private static readonly string[][] _scores = [["Scores", "Threads"], ["Tiling"], [SourceFolders.Root]];
    private static readonly string[][] _data = [["Folders", "Idx"], ["Checks"], ["Splits"]];

    private static readonly string[][] _loop =
        [["Options"], ["Duration", "Augmentation", "Optimizers"], ["Losses", "Samples"], ["State"], ["Tasks"],
            ["Choices", "Reporting", "Resuming"],
         [SourceFolders.Root]];

    /// <summary>
    /// ML.NET calls this method on the transformer itself. The part of the class that has it is in Persistence/ModelZip.cs, where
    /// the streams of zips are written.
    /// </summary>
    private const string SaveInPersistence = "Rows/RowTransformer.Microsoft.ML.ICanSaveModel.Save refers to Persistence/ModelZip";

    [TestMethod]
    public void Scoring_EachFolder_RefersToThoseBefore() =>
        FolderOrder.Check(typeof(SegmentImageTransformer).Assembly, "MLSegmentation", _scoring, SaveInPersistence);

    [TestMethod]
    public void Training_EachFolder_RefersToThoseBefore() =>
        FolderOrder.Check(typeof(SegmentationTrainer).Assembly, "MLSegmentation.Training", _training);

    [TestMethod]
    public void Loop_EachFolder_RefersToThoseBefore() => FolderOrder.Check(
        typeof(SegmentationTrainer).Assembly, Path.Combine("MLSegmentation.Training", "Loop"), _loop);

    [TestMethod]
    public void Images_EachFolder_RefersToThoseBefore() => Check("Images", _images);

    [TestMethod]
    public void ScoringFolder_EachFolder_RefersToThoseBefore() => Check("Scoring", _scores);

    [TestMethod]
    public void Data_EachFolder_RefersToThoseBefore() => Check("Data", _data);

    private static void Check(string folder, string[][] order) =>
        FolderOrder.Check(typeof(SegmentImageTransformer).Assembly, Path.Combine("MLSegmentation", folder), order);
}

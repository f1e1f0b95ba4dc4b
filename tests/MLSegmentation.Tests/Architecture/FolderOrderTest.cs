using MLSegmentation.Training;

namespace MLSegmentation.Tests;

/// <summary>Each folder of a project refers only to those before it.</summary>
[TestClass]
public sealed class FolderOrderTest
{
    // Folders side by side in one place know nothing of each other. Export reads a network's weights from its TorchSharp module.
    private static readonly string[][] _scoring =
        [["Wording"], ["Files"], ["Drawing", "Masks", "Metrics"], ["Images"], ["Formats", "Onnx"], ["Scoring"], ["Rows"],
         ["Evaluation", "MaskTransforms", "Models", "ReadTransforms"], ["Persistence"], ["Data"], ["Catalog"]];
    private static readonly string[][] _training =
        [["Onnx", "Logging"], ["Layers"], ["Networks"], ["Torch"], ["Export", "Weights", "Downloads"], ["Loop"], ["Trainers"]];

    /// <summary>
    /// ML.NET calls this method on the transformer itself. The part of the class that has it is in Persistence/ModelZip.cs, so that all use of
    /// ML.NET's internals is in that one file.
    /// </summary>
    private const string SaveInPersistence = "Rows/RowTransformer.Microsoft.ML.ICanSaveModel.Save refers to Persistence/ModelZip";

    [TestMethod]
    public void Scoring_EachFolder_RefersToThoseBefore() =>
        FolderOrder.Check(typeof(SegmentImageTransformer).Assembly, "MLSegmentation", _scoring, SaveInPersistence);

    [TestMethod]
    public void Training_EachFolder_RefersToThoseBefore() =>
        FolderOrder.Check(typeof(SegmentationTrainer).Assembly, "MLSegmentation.Training", _training);
}

using System.Reflection;
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
    public void Scoring_EachFolder_RefersToThoseBefore() => Check(typeof(SegmentImageTransformer).Assembly, _scoring);

    [TestMethod]
    public void Training_EachFolder_RefersToThoseBefore() => Check(typeof(SegmentationTrainer).Assembly, _training);

    private static void Check(Assembly assembly, string[][] order)
    {
        var folders = new SourceFolders(assembly);
        CollectionAssert.AreEquivalent(order.SelectMany(folder => folder).ToArray(), folders.Names.ToArray(), "There is a folder without a place in the order.");
        int Place(string folder) => Array.FindIndex(order, group => group.Contains(folder));

        string[] wrong = [.. assembly.GetTypes()
            .Where(type => folders.Of(type) is not null)
            .SelectMany(type => TypeReferences.Of(type).Select(reference => (From: type, reference.Member, To: reference.Type)))
            .Select(reference => (reference.From, reference.Member, reference.To, FromFolder: folders.Of(reference.From)!, ToFolder: folders.Of(reference.To)))
            .Where(reference => reference.ToFolder is not null && reference.ToFolder != reference.FromFolder && Place(reference.ToFolder) >= Place(reference.FromFolder))
            .Select(reference => $"{reference.FromFolder}/{reference.From.Name}.{reference.Member} refers to {reference.ToFolder}/{reference.To.Name}")
            .Where(reference => reference != SaveInPersistence)
            .Distinct()];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }
}

using System.Text.Json.Nodes;
using Microsoft.ML;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class FoldsTest
{
    [TestMethod]
    public void Assign_Images_FillsFoldsEvenlyWhateverTheirOrder()
    {
        (string Name, string? Group)[] images = [.. Enumerable.Range(0, 11).Select(i => ($"image {i}", (string?)null))];

        int[] folds = Folds.Assign(images, 3, seed: 1), reversed = Folds.Assign([.. images.Reverse()], 3, seed: 1);

        CollectionAssert.AreEquivalent(new[] { 3, 4, 4 }, folds.CountBy(fold => fold).Select(one => one.Value).ToArray());
        CollectionAssert.AreEqual(folds, reversed.Reverse().ToArray());
        CollectionAssert.AreNotEqual(folds, Folds.Assign(images, 3, seed: 2));
    }

    [TestMethod]
    public void Assign_Groups_StayTogether()
    {
        (string Name, string? Group)[] images =
            [.. Enumerable.Range(0, 20).Select(i => ($"image {i}", (string?)(i < 8 ? "large" : $"small {i % 4}")))];

        int[] folds = Folds.Assign(images, 3, seed: 5);

        foreach (var group in images.Zip(folds).GroupBy(one => one.First.Group))
            Assert.HasCount(1, group.Select(one => one.Second).Distinct().ToArray(), group.Key);
        CollectionAssert.AreEquivalent(new[] { 8, 6, 6 }, folds.CountBy(fold => fold).Select(one => one.Value).ToArray());
    }

    [TestMethod]
    public void Assign_FewerImagesThanFolds_SaysSo()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => Folds.Assign([("a", null), ("b", null)], 3, seed: 1));

        StringAssert.Contains(error.Message, "2 images for 3 folds");
    }

    [TestMethod]
    public void Run_OneFoldMissing_TrainsThatOneAgainAndNoOther()
    {
        using var folder = new TestFolder().WithSamples(6);
        string model = folder["m.onnx"], first = folder["m.fold1.onnx"], second = folder["m.fold2.onnx"],
            record = folder["m.folds.json"];
        string[] arguments =
        [
            "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", model, "--size", "64x64",
            "--batch", "2", "--epochs", "1", "--folds", "2", "--threads", "1",
        ];

        MlsegResult whole = Mlseg.Run(arguments);
        whole.RequireDone();
        foreach (string text in (string[])["Fold 1 of 2:", "Fold 2 of 2:", "mean IoU", "deviation"])
            StringAssert.Contains(whole.Output, text);
        JsonNode figures = JsonNode.Parse(File.ReadAllText(record))!;
        JsonNode iou = figures["figures"]!.AsArray().Single(figure => (string)figure!["name"]! == "mean IoU")!;
        double[] values = [.. iou["values"]!.AsArray().Select(value => (double)value!)];
        Assert.AreEqual(values.Average(), (double)iou["mean"]!, 1e-12);
        Assert.AreEqual(Math.Abs(values[0] - values[1]) / Math.Sqrt(2), (double)iou["deviation"]!, 1e-12);
        Assert.HasCount(6, figures["images"]!.AsObject());
        Assert.IsFalse(File.Exists(model));
        (byte[] firstModel, byte[] secondModel) = (File.ReadAllBytes(first), File.ReadAllBytes(second));
        DateTime trained = File.GetLastWriteTimeUtc(first);

        // As after a training that was ended in its second fold.
        File.Delete(second);
        Mlseg.Run([.. arguments, "--resume", "--learning-rate", "0.01"])
            .RequireError(1, "trained otherwise: --learning-rate was 0.002, is 0.01");
        Mlseg.Run(arguments).RequireError(1, "There is a cross-validation already", "--resume");
        Mlseg.Run([.. arguments, "--resume", "--seed", "2"]).RequireError(1, "another number or another --seed");
        MlsegResult resumed = Mlseg.Run([.. arguments, "--resume"]);

        resumed.RequireDone();
        StringAssert.Contains(resumed.Output, "Fold 1 of 2 is done");
        Assert.AreEqual(trained, File.GetLastWriteTimeUtc(first));
        CollectionAssert.AreEqual(firstModel, File.ReadAllBytes(first));
        CollectionAssert.AreEqual(secondModel, File.ReadAllBytes(second));
        Assert.AreEqual(figures.ToJsonString(), JsonNode.Parse(File.ReadAllText(record))!.ToJsonString());
    }

    /// <summary>
    /// A checkpoint of before would end the new training in its fold; models of more folds would look like its own.
    /// </summary>
    [TestMethod]
    public void Run_OverwriteAfterAnInterruption_BeginsWithNothingOfBefore()
    {
        using var folder = new TestFolder().WithSamples(4);
        string[] old = [folder["m.fold1.onnx"], folder["m.fold2.onnx.checkpoint"], folder["m.fold5.onnx"]];
        foreach (string file in old) File.WriteAllBytes(file, [1]);
        string other = folder.Write("m.foldx.onnx", "another's");
        string[] arguments =
        [
            "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", folder["m.onnx"], "--size",
            "64x64", "--batch", "2", "--epochs", "1", "--folds", "2", "--threads", "1",
        ];

        Mlseg.Run([.. arguments, "--resume"]).RequireError(1, "its record", "is missing");
        Mlseg.Run([.. arguments, "--overwrite"]).RequireDone();

        Assert.AreSequenceEqual([true, false, false], old.Select(File.Exists));
        Assert.IsTrue(File.Exists(other));
    }

    [TestMethod]
    public void Run_FoldThatCollapses_GoesOnAndNotesIt()
    {
        using var folder = new TestFolder().WithSamples(4);
        var context = new MLContext(1);
        var options = new TrainSegmentationOptions
        {
            Images = folder.Images,
            Masks = folder.Masks,
            Out = folder["m.onnx"],
            Folds = 2,
        };
        using TrainingData data = TrainingData.Find(options, default);
        string[] names = [.. data.Check(options, null, default).Classes.Names];
        IDataView View(IReadOnlyList<SegmentationFolderRow> rows)
        {
            IDataView files = context.Data.LoadFromEnumerable(rows);
            return context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath))
                .Append(context.Transforms.ReadMasks("Label", null, names, nameof(SegmentationFolderRow.MaskPath)))
                .Fit(files).Transform(files);
        }
        int trained = 0;
        string? Train(TrainSegmentationOptions one, IReadOnlyList<SegmentationFolderRow> rows)
        {
            Mlseg.Run(
                "train", "segmentation", "--images", folder.Images, "--masks", folder.Masks, "--out", one.Out, "--size", "64x64",
                "--batch", "2", "--epochs", "1").RequireDone();
            return ++trained == 1 ? "no pixel is of 'disc'" : null;
        }
        void Run(bool resumes) => new FoldedTraining(
            context, options with { Trainer = options.Trainer with { Resume = resumes } }, View, Train)
            .Run(data);

        Run(resumes: false);
        Run(resumes: true);

        Assert.AreEqual(2, trained);
        FoldRecord record = FoldRecord.Read(folder["m.folds.json"]);
        Assert.AreEqual("no pixel is of 'disc'", record.Notes.Single(note => note.Key == 1).Value);
        Assert.HasCount(2, record.Figures!.Single(figure => figure.Name == "mean IoU").Values);
    }

    [TestMethod]
    [DataRow("--checkpoint", "c")]
    [DataRow("--validation-images", "v")]
    public void Run_WhatEachFoldHasOfItsOwn_IsRefused(string option, string value) => Mlseg.Run(
        "train", "segmentation", "--images", "i", "--masks", "m", "--out", "o.onnx", "--folds", "2", option, value,
        "--validation-masks", "v").RequireError(2, $"'--folds' goes without '{option}'");
}

using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>
/// Trains a model for each fold on the images of the others, and measures it on the fold's own. A fold whose model is there is
/// not trained again when the training is resumed.
/// </summary>
/// <param name="context">Reads and measures.</param>
/// <param name="options">What was asked for.</param>
/// <param name="view">Images and masks of such rows.</param>
/// <param name="train">Trains on rows and writes a model to a file.</param>
internal sealed class FoldedTraining(
    MLContext context, TrainSegmentationOptions options, Func<IReadOnlyList<SegmentationFolderRow>, IDataView> view,
    Action<TrainSegmentationOptions, IReadOnlyList<SegmentationFolderRow>> train)
{
    private readonly string _record = FoldRecord.PathOf(options.Out);

    /// <summary>Trains, measures and says what it came to.</summary>
    /// <param name="data">The images.</param>
    /// <exception cref="IOException">Models are there and not to be replaced, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">There are too few images, or the folds begun before are others.</exception>
    public void Run(TrainingData data)
    {
        IReadOnlyList<(SegmentationFolderRow Row, string? Group)> images = data.Grouped;
        int[] folds = Folds.Assign(
            [.. images.Select(image => (image.Row.Name, image.Group))], options.Folds, options.Trainer.Seed ?? 1);
        var record = new FoldRecord(
            options.Folds, images.Index().ToDictionary(one => one.Item.Row.Name, one => folds[one.Index] + 1), null);
        using WriterLock claim = ModelTraining.Claim(_record);
        Begin(record);
        var metrics = new List<SegmentationMetrics>();
        for (int fold = 0; fold < options.Folds; fold++)
        {
            string model = FileOf(fold);
            SegmentationFolderRow[] Rows(bool held) =>
                [.. images.Where((_, index) => folds[index] == fold == held).Select(image => image.Row)];
            if (File.Exists(model)) Console.WriteLine($"Fold {fold + 1} of {options.Folds} is done: {model}.");
            else
            {
                Console.WriteLine($"Fold {fold + 1} of {options.Folds}:");
                train(OptionsOf(fold, model), Rows(held: false));
            }
            metrics.Add(Measure(model, Rows(held: true)));
        }
        var summary = new CrossValidationSummary(metrics);
        (record with { Figures = summary.Figures }).Write(_record);
        Console.WriteLine(summary);
        Console.WriteLine($"Wrote {_record}.");
    }

    private void Begin(FoldRecord record)
    {
        if (options.Trainer.Resume && File.Exists(_record))
        {
            if (FoldRecord.Read(_record).IsOfTheSameFolds(record)) return;
            throw new InvalidDataException(
                $"The folds in '{_record}' are of other images, another number or another --seed. Give what they were made with, "
                + "or --overwrite without --resume to train anew.");
        }
        string[] there = [.. Enumerable.Range(0, options.Folds).Select(FileOf).Append(_record).Where(File.Exists)];
        if (there.Length > 0 && !options.Overwrites)
        {
            throw new IOException(
                $"There is a cross-validation already: '{there[0]}'. Give --resume to go on with it, another name with --out, or "
                + "--overwrite to replace it.");
        }

        // A model that stays would be one of these folds, once they are gone on with.
        foreach (string file in there) File.Delete(file);
        record.Write(_record);
    }

    private string FileOf(int fold) => Path.ChangeExtension(options.Out, $".fold{fold + 1}{Path.GetExtension(options.Out)}");

    private TrainSegmentationOptions OptionsOf(int fold, string model) => options with
    {
        Out = model,
        Trainer = options.Trainer with
        {
            TensorBoardFolder = options.Trainer.TensorBoardFolder is { } folder ? Path.Combine(folder, $"fold{fold + 1}") : null,
        },
    };

    private SegmentationMetrics Measure(string model, IReadOnlyList<SegmentationFolderRow> rows)
    {
        IDataView held = view(rows);
        using SegmentImageTransformer segmenter = context.Transforms.SegmentImage("PredictedLabel", "Image", model).Fit(held);
        return context.Segmentation.Evaluate(segmenter.Transform(held));
    }
}

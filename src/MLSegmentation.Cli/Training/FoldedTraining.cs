using System.Globalization;
using Microsoft.ML;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>
/// Trains a model for each fold on the images of the others, and measures it on the fold's own. A fold whose model is there is
/// not trained again when the training is resumed.
/// </summary>
/// <param name="context">Reads and measures.</param>
/// <param name="options">What was asked for.</param>
/// <param name="view">Images and masks of such rows.</param>
/// <param name="train">Trains on rows and writes a model to a file; answers what it lacks where the training collapsed.</param>
internal sealed class FoldedTraining(
    MLContext context, TrainSegmentationOptions options, Func<IReadOnlyList<SegmentationFolderRow>, IDataView> view,
    Func<TrainSegmentationOptions, IReadOnlyList<SegmentationFolderRow>, string?> train)
{
    private readonly string _record = FoldRecord.PathOf(options.Out);

    /// <summary>Trains, measures and says what it came to.</summary>
    /// <param name="data">The images.</param>
    /// <exception cref="IOException">Models are there and not to be replaced, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">
    /// There are too few images, or the folds begun before are others or trained otherwise.
    /// </exception>
    public void Run(TrainingData data)
    {
        IReadOnlyList<(SegmentationFolderRow Row, string? Group)> images = data.Grouped;
        int[] folds = Folds.Assign(
            [.. images.Select(image => (image.Row.Name, image.Group))], options.Folds, options.Trainer.Seed ?? 1);
        using WriterLock claim = ModelTraining.Claim(_record);
        FoldRecord record = Begin(new FoldRecord(
            options.Folds, images.Index().ToDictionary(one => one.Item.Row.Name, one => folds[one.Index] + 1),
            Training(images.Count)));
        var metrics = new List<SegmentationMetrics>();
        for (int fold = 0; fold < options.Folds; fold++)
        {
            string model = FoldRecord.ModelOf(options.Out, fold + 1);
            SegmentationFolderRow[] Rows(bool held) =>
                [.. images.Where((_, index) => folds[index] == fold == held).Select(image => image.Row)];
            if (File.Exists(model)) Console.WriteLine($"Fold {fold + 1} of {options.Folds} is done: {model}.");
            else
            {
                Console.WriteLine($"Fold {fold + 1} of {options.Folds}:");
                if (train(OptionsOf(fold, model), Rows(held: false)) is { } collapse)
                {
                    record = record with { Notes = new Dictionary<int, string>(record.Notes) { [fold + 1] = collapse } };
                    record.Write(_record);
                }
            }
            metrics.Add(Measure(model, Rows(held: true)));
        }
        var summary = new CrossValidationSummary(metrics);
        (record with { Figures = summary.Figures }).Write(_record);
        Console.WriteLine(summary);
        foreach (var (fold, note) in record.Notes.OrderBy(note => note.Key))
            Console.WriteLine($"Warning: The training of fold {fold} collapsed, and its figures are in the mean: {note}.");
        Console.WriteLine($"Wrote {_record}.");
    }

    /// <summary>The record to go on with: the one that is there, or a new one in place of whatever is.</summary>
    private FoldRecord Begin(FoldRecord record)
    {
        if (options.Trainer.Resume && File.Exists(_record))
        {
            FoldRecord before = FoldRecord.Read(_record);
            RequireSame(before, record);
            return before;
        }
        string[] there = [.. Found()];
        if (there.Length > 0 && !options.Overwrites)
        {
            throw new IOException(
                $"There is a cross-validation already: '{there[0]}'. "
                + (options.Trainer.Resume
                    ? $"It cannot be gone on with, as its record '{_record}' is missing. Give "
                    : "Give --resume to go on with it, ")
                + "another name with --out, or --overwrite to replace it.");
        }

        // A model or checkpoint that stays would be one of these folds, once they are gone on with.
        foreach (string file in there) File.Delete(file);
        record.Write(_record);
        return record;
    }

    private void RequireSame(FoldRecord before, FoldRecord now)
    {
        if (!before.IsOfTheSameFolds(now))
        {
            throw new InvalidDataException(
                $"The folds in '{_record}' are of other images, another number or another --seed. Give what they were made with, "
                + "or --overwrite without --resume to train anew.");
        }
        var differences = before.DifferencesIn(now);
        if (differences.Count == 0) return;
        throw new InvalidDataException(
            $"The folds in '{_record}' are trained otherwise: {string.Join("; ", differences)}. Their mean would be of two "
            + "trainings. Give the same options, or --overwrite without --resume to train anew.");
    }

    /// <summary>The record, models and checkpoints of any number of folds that are there.</summary>
    private IEnumerable<string> Found()
    {
        string first = Path.GetFileName(Path.ChangeExtension(options.Out, ".fold")), last = Path.GetExtension(options.Out);
        bool IsOfAFold(string name)
        {
            string model = name.EndsWith(CheckpointGroup.Extension, StringComparison.Ordinal)
                ? name[..^CheckpointGroup.Extension.Length]
                : name;
            return model.Length > first.Length + last.Length && model.StartsWith(first, StringComparison.Ordinal)
                && model.EndsWith(last, StringComparison.Ordinal) && model[first.Length..^last.Length].All(char.IsAsciiDigit);
        }
        string folder = Path.GetDirectoryName(Path.GetFullPath(options.Out))!;
        return Directory.GetFiles(folder).Where(file => IsOfAFold(Path.GetFileName(file))).Order(StringComparer.Ordinal)
            .Concat(((string[])[_record]).Where(File.Exists));
    }

    /// <summary>What the training of each fold is known by. What is planned is planned for each from its own images.</summary>
    private IReadOnlyDictionary<string, string> Training(int images)
    {
        SegmentationTrainerOptions trainer = options.TrainerFor(images);
        SegmentationNetwork network = options.Network;
        string Size(int width, int height) => string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        return TrainingRecord.Of(trainer,
        [
            (ResumeRules.Network, string.Create(
                CultureInfo.InvariantCulture, $"{network.Name}, {network.HeadWidth}, {network.LearnsUpsampling}")),
            (nameof(trainer.Encoder), network.Encoder.Describe()),
            (ResumeRules.ImageSize, Size(trainer.ImageWidth, trainer.ImageHeight)),
            (ResumeRules.Window, Size(trainer.WindowWidth, trainer.WindowHeight)),
        ]).Values;
    }

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

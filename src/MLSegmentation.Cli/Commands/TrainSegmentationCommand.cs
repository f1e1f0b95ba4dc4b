using System.CommandLine;
using Microsoft.ML;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg train segmentation</c>.</summary>
internal static class TrainSegmentationCommand
{
    private const string DefaultPart = "train";

    public static Command Create()
    {
        Option<string> images = CommonOptions.Images("A folder of images.", "DIR");
        Option<string?> masks = CommonOptions.Masks(), suffix = CommonOptions.MaskSuffix(), split = CommonOptions.Split(), part = CommonOptions.Part(DefaultPart);
        masks.Required = true;
        Option<string> file = CommonOptions.ModelOut();
        Option<string?> classes = CommonOptions.Classes();
        Option<int?> ignore = CommonOptions.Ignore("The value in the masks that belongs to no class, such as 255. [default: none]");
        Option<int?> threshold = CommonOptions.MaskThreshold();
        var validationImages = new Option<string?>("--validation-images") { Description = "A folder of images to validate with.", HelpName = "DIR" };
        var validationMasks = new Option<string?>("--validation-masks") { Description = "The masks of those images.", HelpName = "DIR" };
        var validationPart = new Option<string?>("--validation-part") { Description = "With --split: the images to validate with.", HelpName = "NAME" };
        Option<TrainingRange?> range = TrainingRange.Option();
        TrainingOptions training = TrainingOptions.Create();
        var command = new Command("segmentation", "Train a network that gives every pixel a class.")
        {
            images, masks, suffix, file, split, part, validationImages, validationMasks, validationPart, classes, ignore, threshold, range,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(validationImages) is null != result.GetResult(validationMasks) is null)
                result.AddError("Give '--validation-images' and '--validation-masks' together.");
            if (result.GetResult(validationPart) is not null && (result.GetResult(split) is null || result.GetResult(validationImages) is not null))
                result.AddError("Option '--validation-part' needs '--split', and goes without '--validation-images'.");
        });
        command.RequireSplitForPart(split, part);
        training.AddTo(command, validationImages, validationPart);
        command.Runs((result, cancellation) =>
        {
            SegmentationNetwork network = training.Network(result);
            TrainingData data = TrainingData.Find(
                result.GetRequiredValue(images), result.GetRequiredValue(masks)!, result.GetValue(suffix), result.GetValue(split), CommonOptions.PartOf(result, split, part, DefaultPart),
                result.GetValue(validationPart));
            if (result.GetValue(validationImages) is { } folder) data = data.WithValidation(folder, result.GetRequiredValue(validationMasks)!, result.GetValue(suffix));
            string model = result.GetRequiredValue(file);
            using WriterLock claim = TrainingRun.Claim(model);
            SegmentationTrainerOptions options = training.Read(result, data.Count, model) with
            {
                IgnoreLabel = result.GetValue(ignore),
                SampleRange = TrainingRange.Of(result.GetValue(range), data.Rows.Select(row => row.ImagePath)),
                CancellationToken = cancellation,
            };
            Run(data, result.GetValue(classes), result.GetValue(threshold), model, network, options);
        });
        return command;
    }

    private static void Run(TrainingData data, string? classFile, int? threshold, string file, SegmentationNetwork network, SegmentationTrainerOptions options)
    {
        var context = new MLContext();
        var (_, classes, masks) = data.Check(classFile, options.IgnoreLabel, threshold, options.SampleRange, options.CancellationToken);
        IDataView View(IReadOnlyList<SegmentationFolderRow> some)
        {
            IDataView files = context.Data.LoadFromEnumerable(some);
            return context.Transforms.ReadImages("Image", null, nameof(SegmentationFolderRow.ImagePath), options.SampleRange)
                .Append(context.Transforms.ReadMasks("Label", null, classes.Names, nameof(SegmentationFolderRow.MaskPath), masks))
                .Fit(files).Transform(files);
        }
        if (options.PretrainedWeights is null && network.Encoder is not CompactEncoder)
            Console.WriteLine($"The encoder of {network.Name} begins at random; give --weights to start from trained ones ('mlseg weights list').");
        TrainingRun.Run(file, options.CheckpointPath!, (progress, report) =>
        {
            SegmentationTrainer trainer = context.Segmentation.Trainers.SegmentationNetwork(
                network,
                options with
                {
                    Palette = classes.Colours,
                    IgnoreColour = classes.IgnoreColour,
                    Progress = report,
                    ValidationSet = data.Validation is { } validation ? View(validation) : null,
                });
            using SegmentImageTransformer model = trainer.Fit(View(data.Rows));
            return (model.Model, model.ModelInfo, data.Count);
        });
    }
}

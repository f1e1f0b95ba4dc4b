using System.CommandLine;
using Microsoft.ML;
using MLSegmentation.Catalog;
using MLSegmentation.Cli.Inputs;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;
using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Commands;

/// <summary><c>mlseg train segmentation</c>.</summary>
internal static class TrainSegmentationCommand
{
    private const string DefaultPart = "train";

    public static Command Create()
    {
        Option<string> images = CommonOptions.Images("A folder of images.", "DIR");
        Option<string?> masks = CommonOptions.Masks(), split = CommonOptions.Split(), part = CommonOptions.Part(DefaultPart);
        masks.Required = true;
        Option<string> file = CommonOptions.Out("The model to write, an .onnx file.");
        var classes = new Option<string?>("--classes")
        {
            Description = "A text file with one class a line: 'name' or 'index name', with an optional colour #RRGGBB. [default: numbered as in the masks]",
            HelpName = "FILE",
        };
        Option<int?> ignore = CommonOptions.Ignore("The value in the masks that belongs to no class, such as 255. [default: none]");
        TrainingOptions training = TrainingOptions.Create();
        var command = new Command("segmentation", "Train a network that gives every pixel a class.") { images, masks, file, split, part, classes, ignore };
        command.RequireSplitForPart(split, part);
        training.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            var context = new MLContext();
            SegmentationNetwork network = training.Network(result);
            IReadOnlyList<SegmentationFolderRow> rows = LabelledImages.Find(
                context, result.GetRequiredValue(images), result.GetRequiredValue(masks)!, result.GetValue(split), CommonOptions.PartOf(result, split, part, DefaultPart));
            SegmentationTrainerOptions options = training.Read(result, rows.Count) with
            {
                IgnoreLabel = result.GetValue(ignore),
                CancellationToken = cancellation,
            };
            Run(context, rows, result.GetValue(classes), result.GetRequiredValue(file), network, options);
        });
    }

    private static void Run(
        MLContext context, IReadOnlyList<SegmentationFolderRow> rows, string? classFile, string file, SegmentationNetwork network, SegmentationTrainerOptions options)
    {
        CancellationToken cancellation = options.CancellationToken;
        ClassList classes = classFile is null ? MaskClasses.Find(rows, options.IgnoreLabel, cancellation) : ClassFile.Read(classFile, options.IgnoreLabel);
        ReadMasksOptions masks = MaskFormat.OptionsFor(rows[0].MaskPath, classes, options.IgnoreLabel);
        TrainingRun.Run(file, (progress, report) =>
        {
            IDataView files = context.Data.LoadFromEnumerable(rows);
            IDataView view = context.Transforms.ReadImages("Image", nameof(SegmentationFolderRow.ImagePath))
                .Append(context.Transforms.ReadMasks("Label", nameof(SegmentationFolderRow.MaskPath), null, classes.Names, masks))
                .Fit(files).Transform(files);
            SegmentationTrainer trainer = context.Segmentation().Trainers().Segmentation(
                network, options with { Palette = classes.Colours, IgnoreColour = classes.IgnoreColour, Progress = report });
            using SegmentImageTransformer model = trainer.Fit(view);
            return (model.Model, model.ModelInfo, rows.Count);
        });
    }
}

using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg evaluate</c>: measures a model of either kind.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string> model = CommonOptions.Model();
        Option<string> images = CommonOptions.Images("A folder of images or one image; for an autoencoder also an idx file.");
        Option<string?> masks = CommonOptions.Masks(), suffix = CommonOptions.MaskSuffix(), split = CommonOptions.Split(), part = CommonOptions.Part(CommonOptions.TestPart);
        masks.Description += " Needed unless the model is an autoencoder.";
        Option<int?> ignore = CommonOptions.Ignore("The value in the masks that belongs to no class. [default: as in training]");
        Option<int?> threshold = CommonOptions.MaskThreshold();
        var classes = new Option<string?>("--classes")
        {
            Description = "The file of classes that the model was trained with, where several values of the masks are one class.",
            HelpName = "FILE",
        };
        var pictures = new Option<string?>("--pictures")
        {
            Description = "With masks: a folder for the images that come out best, middling and worst by mean IoU, as best.png, median.png and worst.png: "
                + "image, true mask and predicted mask, and the classes' colours.",
            HelpName = "DIR",
        };
        var matrix = new Option<string?>("--matrix")
        {
            Description = "With masks: a file for the confusion matrix. 'mlseg merge' sums those of parts of a set.",
            HelpName = "FILE.json",
        };
        var boundary = new Option<bool>("--boundary") { Description = "With masks: boundary IoU (within 2 % of the diagonal) and boundary F1 (within 0.75 %) too." };
        var calibration = new Option<bool>("--calibration") { Description = "With masks: the expected calibration error too, of 15 bins." };
        Option<int?> bootstrap = CommonOptions.AtLeast(new Option<int?>("--bootstrap")
        {
            Description = $"With masks: the 95 % interval of the mean IoU by drawing images N times. [default without a number: {PerImageIoU.DefaultResamples}]",
            HelpName = "N",
            Arity = ArgumentArity.ZeroOrOne,
        }, 1);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("evaluate", "Measure a model on images: mean IoU with masks, mean squared error for an autoencoder.")
        {
            model, images, masks, suffix, split, part, ignore, threshold, classes, pictures, matrix, boundary, calibration, bootstrap, json,
        };
        var scoring = new ScoringOptionSet();
        scoring.AddTo(command);
        command.RequireSplitForPart(split, part);
        return command.Runs((result, cancellation) =>
        {
            ModelArgument argument = ModelArgument.Find(result.GetRequiredValue(model));
            var request = new EvaluationRequest(
                result.GetRequiredValue(model), argument.Source, result.GetRequiredValue(images), result.GetValue(masks), result.GetValue(suffix), result.GetValue(split),
                CommonOptions.PartOf(result, split, part, CommonOptions.TestPart), result.GetValue(ignore), result.GetValue(threshold), result.GetValue(classes), result.GetValue(pictures),
                result.GetValue(matrix), result.GetValue(boundary), result.GetValue(calibration),
                result.GetResult(bootstrap) is null ? 0 : result.GetValue(bootstrap) ?? PerImageIoU.DefaultResamples, scoring.ReadForPipeline(result, argument.Options),
                result.GetValue(json));
            var info = OnnxModelInfo.Of(request.Source);
            if (info.Metadata.Task == ModelTasks.Reconstruction) AutoencoderEvaluation.Run(request, info, cancellation);
            else SegmentationEvaluation.Run(request, info, cancellation);
        });
    }
}

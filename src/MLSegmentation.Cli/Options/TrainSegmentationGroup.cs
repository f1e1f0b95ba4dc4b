using System.CommandLine.Parsing;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c>.</summary>
internal static class TrainSegmentationGroup
{
    private static readonly SegmentationTrainerOptions _defaults = new();

    public static OptionGroup<TrainSegmentationOptions> Create() => new()
    {
        {
            CommonOptions.LabelledImages("A folder of images."),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { LabelGroup.Create<TrainSegmentationOptions>(), options => options, (_, changed) => changed },
        { CommonOptions.ModelOut(), options => options.Out, (options, value) => options with { Out = value } },
        { CommonOptions.Split(), options => options.Split, (options, value) => options with { Split = value } },
        {
            CommonOptions.Part(TrainSegmentationOptions.DefaultPart),
            options => options.Part,
            (options, value) => options with { Part = value }
        },
        {
            CommandOption.Of<string>("--validation-images", "DIR", "A folder of images to validate with."),
            options => options.ValidationImages,
            (options, value) => options with { ValidationImages = value }
        },
        {
            CommandOption.Of<string>("--validation-masks", "DIR", "The masks of those images."),
            options => options.ValidationMasks,
            (options, value) => options with { ValidationMasks = value }
        },
        {
            CommonOptions.Annotations("--validation-annotations", " Of images to validate with, in the same format."),
            options => options.ValidationAnnotations,
            (options, value) => options with { ValidationAnnotations = value }
        },
        {
            CommandOption.Of<string>("--validation-part", "NAME", "With --split: the images to validate with."),
            options => options.ValidationPart,
            (options, value) => options with { ValidationPart = value }
        },
        {
            CommandOption.Of<int>(
                "--folds", "K",
                "Train K models, each on all images but those of one fold, measure them on that, and print mean and "
                + "deviation. They are NAME.fold1.onnx and so on. With --split and without --part, images of one part stay "
                + "in one fold. [default: one model of all images]").AtLeast(2),
            options => options.Folds,
            (options, value) => options with { Folds = value }
        },
        { CommonOptions.Classes(), options => options.ClassFile, (options, value) => options with { ClassFile = value } },
        { TrainingRange.Option(), options => options.Range, (options, value) => options with { Range = value } },
        { NetworkGroup.Create(), options => options, (_, changed) => changed },
        { TrainingWindowGroup.Create(), options => options.Trainer, (options, value) => options with { Trainer = value } },
        {
            AugmentationGroup.Create(_defaults.Augmentation, hasMasks: true),
            options => options.Trainer.Augmentation,
            (options, value) => options with { Trainer = options.Trainer with { Augmentation = value } }
        },
        {
            LossGroup.Create(),
            options => options.Trainer.Loss,
            (options, value) => options with { Trainer = options.Trainer with { Loss = value } }
        },
        { Optimization(), options => options.Trainer, WithTrainer },
        {
            ValidationGroup.Create(_defaults, "--validation-images", "--validation-part"),
            options => options.Trainer,
            WithTrainer
        },
        { CheckpointGroup.Create(_defaults), options => options.Trainer, WithTrainer },
        { PlanGroup.OfSegmentation(), options => options, (_, changed) => changed },
        {
            CommonOptions.Overwrite(", when the training has ended"),
            options => options.Overwrites,
            (options, value) => options with { Overwrites = value }
        },
        { ComputingGroup.Create(_defaults), options => options.Trainer, WithTrainer },
        CommonOptions.MasksOrAnnotationsNeeded,
        Problem,
        CommonOptions.PartNeedsSplit,
    };

    private static OptionGroup<TrainerOptions> Optimization() => OptimizationGroup.Create(
        _defaults,
        "planned, at most 8",
        $"{SegmentationTrainerOptions.TrainedRate} where the encoder begins with weights, else "
        + $"{SegmentationTrainerOptions.RandomRate}",
        "Times that every image is seen, instead of --minutes.",
        $"The time to train for. [default: {TimeBudget.Least.TotalMinutes:0} to {TimeBudget.Most.TotalMinutes:0}, by the number "
        + "of images]");

    private static TrainSegmentationOptions WithTrainer(TrainSegmentationOptions options, TrainerOptions changed) =>
        options with { Trainer = (SegmentationTrainerOptions)changed };

    private static string? Problem(CommandResult result)
    {
        if (result.Gives("--folds")
            && new[] { "--checkpoint", "--validation-images", "--validation-annotations", "--validation-part" }
                .FirstOrDefault(result.Gives) is { } other)
            return $"Option '--folds' goes without '{other}': each fold has its own. Hold images of the others back with "
                + "--validation.";
        if (result.Gives("--annotations"))
        {
            if (result.Gives("--validation-masks"))
                return "Option '--annotations' goes without '--validation-masks': give '--validation-annotations'.";
            if (result.Gives("--validation-images") && !result.Gives("--validation-annotations"))
                return "Option '--validation-images' needs '--validation-annotations' with '--annotations'.";
        }
        else if (result.Gives("--validation-annotations"))
            return "Option '--validation-annotations' needs '--annotations'.";
        else if (result.Gives("--validation-images") != result.Gives("--validation-masks"))
            return "Give '--validation-images' and '--validation-masks' together.";
        bool hasOwnSet = result.Gives("--validation-images") || result.Gives("--validation-annotations");
        return result.Gives("--validation-part") && (!result.Gives("--split") || hasOwnSet)
            ? "Option '--validation-part' needs '--split', and goes without '--validation-images'."
            : null;
    }
}

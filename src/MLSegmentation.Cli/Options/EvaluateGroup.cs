using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg evaluate</c> that say what is measured.</summary>
internal static class EvaluateGroup
{
    /// <summary>The options.</summary>
    /// <param name="ofEveryModel">Those of them that an autoencoder takes too: all but what is about classes.</param>
    public static OptionGroup<EvaluateOptions> Create(out OptionGroup<EvaluateOptions> ofEveryModel)
    {
        OptionGroup<EvaluateOptions> images = Images(), masks = Masks(), split = Split(), output = Output();
        ofEveryModel = new()
        {
            { images, options => options, (_, changed) => changed },
            { masks, options => options, (_, changed) => changed },
            { split, options => options, (_, changed) => changed },
            { output, options => options, (_, changed) => changed },
        };
        return new()
        {
            { images, options => options, (_, changed) => changed },
            { masks, options => options, (_, changed) => changed },
            { split, options => options, (_, changed) => changed },
            { Measures(), options => options, (_, changed) => changed },
            { output, options => options, (_, changed) => changed },
        };
    }

    private static OptionGroup<EvaluateOptions> Images() => new()
    {
        { CommonOptions.Model(), options => options.Model, (options, value) => options with { Model = value } },
        {
            CommonOptions.LabelledImages(
                "A folder of images or one image; for an autoencoder also an idx file.", "PATH"),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
    };

    private static OptionGroup<EvaluateOptions> Masks() => new()
    {
        {
            LabelGroup.Source<EvaluateOptions>(
                isNeeded: false,
                " Needed unless the model is an autoencoder. For one, pixels above 0 are defects, and it is measured how "
                + "well its errors find them."),
            options => options,
            (_, changed) => changed
        },
        CommonOptions.MasksOrAnnotations,
    };

    private static OptionGroup<EvaluateOptions> Split() => new()
    {
        { CommonOptions.Split(), options => options.Split, (options, value) => options with { Split = value } },
        {
            CommonOptions.Part(CommonOptions.TestPart),
            options => options.Part,
            (options, value) => options with { Part = value }
        },
        CommonOptions.PartNeedsSplit,
    };

    private static OptionGroup<EvaluateOptions> Measures() => new()
    {
        {
            LabelGroup.Values<EvaluateOptions>("The value in the masks that belongs to no class. [default: as in training]"),
            options => options,
            (_, changed) => changed
        },
        {
            CommonOptions.ModelClasses(" Several values of the masks that have one name are one class."),
            options => options.ClassFile,
            (options, value) => options with { ClassFile = value }
        },
        {
            CommandOption.Of<string>(
                "--pictures", "DIR",
                "With masks: a folder for the images that come out best, middling and worst by mean IoU, as best.png, median.png "
                + "and worst.png: image, true mask and predicted mask, and the classes' colours."),
            options => options.Pictures,
            (options, value) => options with { Pictures = value }
        },
        {
            CommandOption.Of<string>(
                "--matrix", "FILE.json",
                "With masks: a file for the confusion matrix. 'mlseg merge' sums those of parts of a set."),
            options => options.Matrix,
            (options, value) => options with { Matrix = value }
        },
        {
            CommandOption.Flag(
                "--boundary", "With masks: boundary IoU (within 2 % of the diagonal) and boundary F1 (within 0.75 %) too."),
            options => options.Boundaries,
            (options, value) => options with { Boundaries = value }
        },
        {
            CommandOption.Flag("--calibration", "With masks: the expected calibration error too, of 15 bins."),
            options => options.Calibration,
            (options, value) => options with { Calibration = value }
        },
        {
            Bootstrap(),
            options => options.Resamples,
            (options, value) => options with { Resamples = value ?? PerImageIoU.DefaultResamples }
        },
    };

    private static OptionGroup<EvaluateOptions> Output() => new()
    {
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
    };

    private static Option<int?> Bootstrap()
    {
        Option<int?> option = CommandOption.Of<int?>(
            "--bootstrap", "N",
            "With masks: the 95 % interval of the mean IoU by drawing images N times. "
            + $"[default without a number: {PerImageIoU.DefaultResamples}]").AtLeast(1);
        option.Arity = ArgumentArity.ZeroOrOne;
        return option;
    }
}

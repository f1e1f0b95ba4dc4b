namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg review</c>.</summary>
internal static class ReviewGroup
{
    public static OptionGroup<ReviewOptions> Create() => new()
    {
        {
            CommonOptions.Model(
                " Or NAME.folds.json of 'mlseg train segmentation --folds': each image is then judged by the model that did not "
                + "see it."),
            options => options.Model,
            (options, value) => options with { Model = value }
        },
        {
            CommonOptions.LabelledImages("A folder of images; those without a label are ranked by what a label would teach."),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        {
            LabelGroup.Source<ReviewOptions>(isNeeded: false, " Without masks and annotations, all images are without a label."),
            options => options,
            (_, changed) => changed
        },
        { LabelGroup.Values<ReviewOptions>(), options => options, (_, changed) => changed },
        { CommonOptions.Split(), options => options.Split, (options, value) => options with { Split = value } },
        {
            CommandOption.Of<string>("--part", "NAME", "Take the images whose split is this. [default with --split: all]"),
            options => options.Part,
            (options, value) => options with { Part = value }
        },
        {
            CommonOptions.ModelClasses(),
            options => options.ClassFile,
            (options, value) => options with { ClassFile = value }
        },
        {
            CommonOptions.Out("The folder to write to: empty, of a review before, or made where there is none.", "DIR"),
            options => options.Out,
            (options, value) => options with { Out = value }
        },
        {
            CommandOption.Of(
                "--draw", "N", "How many regions, and how many images without a label, are drawn.", ReviewOptions.DefaultDrawn)
                .AtLeast(0),
            options => options.Drawn,
            (options, value) => options with { Drawn = value }
        },
        {
            CommandOption.Of("--min-region", "N", "Regions of the labels of fewer pixels are not ranked.", 0).AtLeast(0),
            options => options.MinRegionPixels,
            (options, value) => options with { MinRegionPixels = value }
        },
        {
            ScoringGroup.Create(out _),
            options => options.Scoring,
            (options, value) => options with { Scoring = (SegmentationModelOptions)value }
        },
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
        CommonOptions.MasksOrAnnotations,
        CommonOptions.PartNeedsSplit,
    };
}

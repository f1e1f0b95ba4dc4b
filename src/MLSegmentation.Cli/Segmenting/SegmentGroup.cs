namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg segment</c>.</summary>
internal static class SegmentGroup
{
    public static OptionGroup<SegmentOptions> Create() => new()
    {
        { CommonOptions.Model(), options => options.Model, (options, value) => options with { Model = value } },
        {
            CommonOptions.Images("A folder of images, or one image.", "DIR|FILE"),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { CommonOptions.Split(), options => options.Split, (options, value) => options with { Split = value } },
        {
            CommonOptions.Part(CommonOptions.TestPart),
            options => options.Part,
            (options, value) => options with { Part = value }
        },
        {
            CommonOptions.Out(
                "The folder to write to; it is made where there is none. A run that was ended is gone on with.", "DIR"),
            options => options.Out,
            (options, value) => options with { Out = value }
        },
        { OutputFormats.Option(), options => options.Formats, (options, value) => options with { Formats = value } },
        {
            SegmentingOptions.MaskSize(),
            options => options.Scoring.MaskSize,
            (options, value) => options with { Scoring = options.Scoring with { MaskSize = value } }
        },
        {
            SegmentingOptions.BadImages(),
            options => options.BadImagePolicy,
            (options, value) => options with { BadImagePolicy = value }
        },
        {
            CommandOption.Flag("--restart", "Write everything anew, whatever is in the folder."),
            options => options.Restarts,
            (options, value) => options with { Restarts = value }
        },
        {
            CommonOptions.ModelClasses(),
            options => options.Scoring.ClassNames,
            (options, value) => options with { ClassFile = value }
        },
        {
            ScoringGroup.Create(out _),
            options => options.Scoring,
            (options, value) => options with { Scoring = (SegmentationModelOptions)value }
        },
        {
            PostprocessingGroup.MinRegion(),
            options => options.Scoring.MinRegionPixels is > 0 and var stated ? stated : options.Postprocessing.MinRegionPixels,
            // What is given stands for what the model states.
            (options, value) => options with
            {
                Postprocessing = options.Postprocessing with { MinRegionPixels = value },
                Scoring = options.Scoring with { MinRegionPixels = 0 },
            }
        },
        {
            PostprocessingGroup.Create(),
            options => options.Postprocessing,
            (options, value) => options with { Postprocessing = value }
        },
        CommonOptions.PartNeedsSplit,
    };
}

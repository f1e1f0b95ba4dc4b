namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg adopt</c>: those that say what a model is, and not how an image is scored.</summary>
internal static class AdoptGroup
{
    public static OptionGroup<AdoptOptions> Create() => new()
    {
        { CommonOptions.ModelOut(), options => options.Out, (options, value) => options with { Out = value } },
        { CommonOptions.Overwrite(), options => options.Overwrites, (options, value) => options with { Overwrites = value } },
        { Scoring(), options => options.Scoring, (options, value) => options with { Scoring = (SegmentationModelOptions)value } },
        { CommonOptions.ModelClasses(), options => options.ClassFile, (options, value) => options with { ClassFile = value } },
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
    };

    private static OptionGroup<SegmentationOptions> Scoring() => new()
    {
        {
            ImageModelGroup.Preparation(),
            options => options.Preparation,
            (options, value) => options with { Preparation = value }
        },
        { OutputGroup.Create(), options => options, (_, changed) => changed },
        { ImageModelGroup.Sizing(), options => options, (_, changed) => (SegmentationOptions)changed },
        {
            CommonOptions.Range("[default: as in training]"),
            options => options.SampleRange,
            (options, value) => options with { SampleRange = value }
        },
    };
}

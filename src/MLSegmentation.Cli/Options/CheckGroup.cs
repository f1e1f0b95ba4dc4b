namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg check</c>.</summary>
internal static class CheckGroup
{
    public static OptionGroup<CheckOptions> Create() => new()
    {
        {
            CommonOptions.LabelledImages("A folder of images."),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { LabelGroup.Create<CheckOptions>(), options => options, (_, changed) => changed },
        {
            CommonOptions.Split(" Its images are checked, and no picture may be in two parts."),
            options => options.Split,
            (options, value) => options with { Split = value }
        },
        { CommonOptions.Classes(), options => options.ClassFile, (options, value) => options with { ClassFile = value } },
        {
            CommonOptions.Range("[default: the least and the greatest of their type]"),
            options => options.SampleRange,
            (options, value) => options with { SampleRange = value }
        },
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
        CommonOptions.MasksOrAnnotationsNeeded,
    };
}

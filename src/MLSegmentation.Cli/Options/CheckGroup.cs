namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg check</c>.</summary>
internal static class CheckGroup
{
    public static OptionGroup<CheckOptions> Create() => new()
    {
        {
            CommonOptions.Images("A folder of images.", "DIR"),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { CommonOptions.Masks(isRequired: true), options => options.Masks, (options, value) => options with { Masks = value } },
        { CommonOptions.MaskSuffix(), options => options.MaskSuffix, (options, value) => options with { MaskSuffix = value } },
        {
            CommonOptions.Split(" Its images are checked, and no picture may be in two parts."),
            options => options.Split,
            (options, value) => options with { Split = value }
        },
        { CommonOptions.Classes(), options => options.ClassFile, (options, value) => options with { ClassFile = value } },
        {
            CommonOptions.Ignore("The value in the masks that belongs to no class, such as 255. [default: none]"),
            options => options.Ignore,
            (options, value) => options with { Ignore = value }
        },
        {
            CommonOptions.MaskThreshold(),
            options => options.MaskThreshold,
            (options, value) => options with { MaskThreshold = value }
        },
        {
            CommonOptions.Range("[default: the least and the greatest of their type]"),
            options => options.SampleRange,
            (options, value) => options with { SampleRange = value }
        },
        { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
    };
}

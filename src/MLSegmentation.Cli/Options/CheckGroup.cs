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
        { CommonOptions.Annotations(), options => options.Annotations, (options, value) => options with { Annotations = value } },
        {
            CommonOptions.AnnotationFormatName(),
            options => options.AnnotationFormat,
            (options, value) => options with { AnnotationFormat = value }
        },
        {
            CommonOptions.Unlabelled(),
            options => options.IgnoresUnlabelled,
            (options, value) => options with { IgnoresUnlabelled = value == CommonOptions.Ignored }
        },
        { CommonOptions.Masks(isNeeded: true), options => options.Masks, (options, value) => options with { Masks = value } },
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
        CommonOptions.MasksOrAnnotationsNeeded,
    };
}

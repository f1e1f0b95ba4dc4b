namespace MLSegmentation.Cli;

/// <summary>The options that say what images show.</summary>
internal static class LabelGroup
{
    /// <summary>All of them, where masks or annotations are needed.</summary>
    public static OptionGroup<T> Create<T>()
        where T : DataOptions => new()
        {
            { Source<T>(isNeeded: true), options => options, (_, changed) => changed },
            { Values<T>(), options => options, (_, changed) => changed },
        };

    /// <summary>Those that say where the labels are.</summary>
    /// <param name="isNeeded">Whether masks or annotations are needed.</param>
    /// <param name="note">What else help says of masks.</param>
    public static OptionGroup<T> Source<T>(bool isNeeded, string note = "")
        where T : DataOptions => new()
        {
            {
                CommonOptions.Annotations(),
                options => options.Annotations,
                (options, value) => options with { Annotations = value }
            },
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
            { CommonOptions.Masks(isNeeded, note), options => options.Masks, (options, value) => options with { Masks = value } },
            {
                CommonOptions.MaskSuffix(),
                options => options.MaskSuffix,
                (options, value) => options with { MaskSuffix = value }
            },
        };

    /// <summary>Those that say what values of masks stand for.</summary>
    /// <param name="ignore">What help says of ignored values.</param>
    public static OptionGroup<T> Values<T>(
        string ignore = "The value in the masks that belongs to no class, such as 255. [default: none]")
        where T : DataOptions => new()
        {
            {
                CommonOptions.Ignore(ignore),
                options => options.Ignore,
                (options, value) => options with { Ignore = value }
            },
            {
                CommonOptions.MaskThreshold(),
                options => options.MaskThreshold,
                (options, value) => options with { MaskThreshold = value }
            },
        };
}

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg prelabel</c>.</summary>
internal static class PrelabelGroup
{
    private static readonly WrittenFormat[] _formats =
        [.. WrittenFormat.All.Where(format => format.Forms.Contains(RegionForm.Polygon))];

    public static OptionGroup<PrelabelOptions> Create() => new()
    {
        { CommonOptions.Model(), options => options.Model, (options, value) => options with { Model = value } },
        {
            CommonOptions.Images("A folder of images, or one image.", "DIR|FILE"),
            options => options.Images,
            (options, value) => options with { Images = value }
        },
        { WritingOptions.To(_formats), options => options.To, (options, value) => options with { To = value } },
        { WritingOptions.Out(_formats), options => options.Out, (options, value) => options with { Out = value } },
        {
            WritingOptions.Tolerance(),
            options => options.Tolerance,
            (options, value) => options with { Tolerance = value }
        },
        {
            CommonOptions.ModelClasses(),
            options => options.Scoring.ClassNames,
            (options, value) => options with { ClassFile = value }
        },
        {
            PostprocessingGroup.MinRegion(),
            options => options.Scoring.MinRegionPixels is > 0 and var stated ? stated : options.MinRegionPixels,
            // What is given stands for what the model states.
            (options, value) => options with
            {
                MinRegionPixels = value,
                Scoring = options.Scoring with { MinRegionPixels = 0 },
            }
        },
        {
            ScoringGroup.Create(out _),
            options => options.Scoring,
            (options, value) => options with { Scoring = (SegmentationModelOptions)value }
        },
    };
}

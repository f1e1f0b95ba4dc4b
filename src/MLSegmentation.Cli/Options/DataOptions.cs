namespace MLSegmentation.Cli;

/// <summary>Images and their masks, as the options of commands name them.</summary>
internal abstract record DataOptions : ImageSetOptions
{
    /// <summary>The file or folder of an annotation tool; null for masks.</summary>
    public string? Annotations { get; init; }

    /// <summary>Its format; null to tell it from the content.</summary>
    public string? AnnotationFormat { get; init; }

    /// <summary>Whether pixels in no region are to be ignored; else they are the background.</summary>
    public bool IgnoresUnlabelled { get; init; }

    /// <summary>The folder of masks; null for none.</summary>
    public string? Masks { get; init; }

    /// <summary>Whether it is said what the images show.</summary>
    public bool HasLabels => Masks is not null || Annotations is not null;

    /// <summary>What follows an image's name in its mask's name; null for what fits.</summary>
    public string? MaskSuffix { get; init; }

    /// <summary>The file of classes; null for none.</summary>
    public string? ClassFile { get; init; }

    /// <summary>The label value that is no class; null for none.</summary>
    public int? Ignore { get; init; }

    /// <summary>The value from which on a pixel is of the second of two classes; null for none.</summary>
    public int? MaskThreshold { get; init; }
}

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg convert</c>.</summary>
internal static class ConvertGroup
{
    /// <summary>What a folder of masks is called among the formats of annotation tools.</summary>
    public const string Masks = "masks";

    private static readonly Dictionary<string, RegionForm> _forms = new()
    {
        ["mask"] = RegionForm.Mask,
        ["polygon"] = RegionForm.Polygon,
    };

    public static OptionGroup<ConvertOptions> Create()
    {
        string[] names = [Masks, .. AnnotationFormat.All.Select(format => format.Name)];
        return new()
        {
            {
                CommandOption.Of<string>(
                    "--from", "PATH",
                    "What to read: the file or folder that an annotation tool wrote, or a folder of masks, whose values are "
                    + "class numbers.").Required(),
                options => options.From,
                (options, value) => options with { From = value }
            },
            {
                CommandOption.Of<string>(
                    "--from-format", "NAME", $"The format of --from: {string.Join(", ", names)}. [default: as its content tells]")
                    .OneOf(names),
                options => options.FromFormat,
                (options, value) => options with { FromFormat = value }
            },
            {
                CommandOption.Of<string>(
                    "--images", "DIR", "The folder of images; masks need it. [default: sought beside --from]"),
                options => options.Images,
                (options, value) => options with { Images = value }
            },
            {
                CommandOption.Of<string>(
                    "--classes", "FILE",
                    "For masks: a text file with one class a line, 'name' or 'index name', with an optional colour #RRGGBB. "
                    + $"[default: the {MaskFolderWriter.ClassesFile} of --from]"),
                options => options.ClassFile,
                (options, value) => options with { ClassFile = value }
            },
            {
                CommonOptions.Ignore(
                    "For masks: the value that belongs to no class. [default: 255, from 256 classes on 65535]"),
                options => options.Ignore,
                (options, value) => options with { Ignore = value }
            },
            {
                WritingOptions.To(WrittenFormat.All),
                options => options.To,
                (options, value) => options with { To = value }
            },
            {
                WritingOptions.Out(WrittenFormat.All),
                options => options.Out,
                (options, value) => options with { Out = value }
            },
            {
                CommandOption.Named(
                    "--shape", "mask|polygon",
                    "What a region is to be: its pixels exactly, or an outline that people can edit. [default: mask where the "
                    + "format has it]", _forms),
                options => options.Form,
                (options, value) => options with { Form = value }
            },
            {
                WritingOptions.Tolerance(),
                options => options.Tolerance,
                (options, value) => options with { Tolerance = value }
            },
            { CommonOptions.Json(), options => options.IsJson, (options, value) => options with { IsJson = value } },
        };
    }
}

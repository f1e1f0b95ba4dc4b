using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>Options that more than one command has.</summary>
internal static class CommonOptions
{
    /// <summary>The part of a split that is scored unless another is asked for.</summary>
    public const string TestPart = "test";

    /// <summary>What <c>--unlabelled</c> calls pixels that belong to no class.</summary>
    public const string Ignored = "ignore";

    private const string AnnotationsName = "--annotations";

    /// <summary>Whether an error shows where it came from.</summary>
    public static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Show the stack trace of an error.", Recursive = true };

    public static Option<string> Model(string note = "") =>
        CommandOption.Of<string>("--model", "FILE", "The model: an .onnx file, or an ML.NET zip with one in it." + note)
            .Required();

    public static Option<string> Images(string description, string value = "PATH") =>
        CommandOption.Of<string>("--images", value, description).Required();

    /// <summary>Images that annotations may say the place of.</summary>
    public static Option<string> LabelledImages(string description, string value = "DIR") =>
        new AlternativeOption("--images", AnnotationsName)
        {
            Description = description + " With --annotations: the folder that their names of images start from. [default with "
                + "--annotations: beside them, or where their format has images]",
            HelpName = value,
        };

    public static Option<string> Annotations(string name = AnnotationsName, string note = "") => CommandOption.Of<string>(
        name, "PATH",
        "In place of masks: the file or folder of an annotation tool, such as a COCO file or LabelMe's JSON files." + note);

    public static Option<string> AnnotationFormatName() => CommandOption.Of<string>(
        "--annotation-format", "NAME",
        "The format of the annotations: " + string.Join(", ", AnnotationFormat.All.Select(format => format.Name))
        + ". [default: told from the content]").OneOf([.. AnnotationFormat.All.Select(format => format.Name)]);

    /// <summary>What pixels are that no region of the annotations has.</summary>
    public static Option<string> Unlabelled() => CommandOption.Of(
        "--unlabelled", "background|ignore",
        "With --annotations: what pixels in no region are. ignore is for strokes that cover a part of each image.", "background")
        .OneOf(["background", Ignored]);

    public static Option<string> Masks(bool isNeeded, string note = "")
    {
        Option<string> option = isNeeded ? new AlternativeOption("--masks", AnnotationsName) : new Option<string>("--masks");
        option.HelpName = "DIR";
        option.Description = "A folder with a mask for each image, of the same size: a PNG, TIFF, BMP or GIF whose values are "
            + "class numbers. It has the image's name, or that with _mask, _gt, _label, _labels, _labelIds or _seg behind it or "
            + "before it; in subfolders as the images." + note;
        return option;
    }

    public static Option<string> MaskSuffix() => CommandOption.Of<string>(
        "--mask-suffix", "TEXT",
        "What follows an image's name in that of its mask, such as _matte; \"\" for nothing. [default: what fits]");

    public static Option<int> MaskThreshold() => CommandOption.Of<int>(
        "--mask-threshold", "N",
        "Read the masks as two classes: pixels of this value and brighter ones are the second. 128 is for black and white masks "
        + "with gray edges, 1 for those where every value above 0 is the object. [default: none, but 128 where all masks hold 0 "
        + "and 255 alone]")
        .Within(1, ushort.MaxValue);

    public static Option<string> Out(string description, string value) =>
        CommandOption.Of<string>("--out", value, description).Required();

    /// <summary>The model that a training writes.</summary>
    public static Option<string> ModelOut()
    {
        Option<string> option = Out("The model to write, an .onnx file.", "FILE");
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && !Path.GetExtension(result.Tokens[0].Value).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError(
                    $"Option '--out' is {result.Tokens[0].Value}, expected a name that ends in .onnx: a model is an ONNX file, "
                    + "of which code makes an ML.NET zip.");
            }
        });
        return option;
    }

    /// <summary>Whether a model that is there may be replaced.</summary>
    /// <param name="when">When that is done, behind a comma.</param>
    public static Option<bool> Overwrite(string when = "") =>
        CommandOption.Flag("--overwrite", $"Replace the model that --out names{when}.");

    public static Option<string> Split(string note = "") =>
        CommandOption.Of<string>("--split", "FILE.csv", "A CSV file with the columns name and split." + note);

    public static Option<string> Part(string fallback) =>
        CommandOption.Of<string>("--part", "NAME", $"Take the images whose split is this. [default with --split: {fallback}]");

    /// <summary>Refuses a part without the split file that it belongs to.</summary>
    public static string? PartNeedsSplit(CommandResult result) =>
        result.Gives("--part") && !result.Gives("--split") ? "Option '--part' needs '--split'." : null;

    public static Option<string> Classes() => CommandOption.Of<string>(
        "--classes", "FILE",
        "A text file with one class a line: 'name' or 'index name', with an optional colour #RRGGBB. [default: numbered as in "
        + "the masks]");

    /// <summary>Names for the classes of a model.</summary>
    public static Option<string> ModelClasses(string note = "") => CommandOption.Of<string>(
        "--classes", "FILE",
        "The file of classes that the model was trained with: one a line, 'name' or 'index name', with an optional colour "
        + $"#RRGGBB. It names those of a model from elsewhere.{note} [default: as the model says]");

    public static Option<int> Ignore(string description) => CommandOption.Of<int>("--ignore", "N", description).AtLeast(0);

    /// <summary>The range of samples of more than 8 bits.</summary>
    public static Option<SampleRange> Range(string fallback) => CommandOption.Parsed(
        "--range", "LOW..HIGH",
        "The values that become black and white in images of more than 8 bits a sample, such as 0..4095. " + fallback,
        ParseRange);

    /// <summary>The range that an argument is.</summary>
    public static SampleRange? ParseRange(ArgumentResult result)
    {
        try
        {
            return SampleRange.Parse(result.Tokens[0].Value);
        }
        catch (FormatException error)
        {
            result.AddError($"Option '--range': {error.Message}");
            return null;
        }
    }

    public static Option<bool> Json() => CommandOption.Flag("--json", "Print one JSON object on standard output.");

    /// <summary>Refuses a command line that says twice what images show, or options of masks with annotations.</summary>
    public static string? MasksOrAnnotations(CommandResult result)
    {
        string[] ofMasks = ["--masks", "--mask-suffix", "--mask-threshold", "--ignore"],
            ofAnnotations = ["--annotation-format", "--unlabelled"];
        return result.Gives(AnnotationsName)
            ? ofMasks.FirstOrDefault(result.Gives) is { } mask
                ? $"Option '--annotations' goes without '{mask}': annotations are painted in place of masks."
                : null
            : ofAnnotations.FirstOrDefault(result.Gives) is { } other ? $"Option '{other}' needs '--annotations'."
            : result.Gives("--images") ? null
            : "Option '--images' is required, or '--annotations' that say where the images are.";
    }

    /// <summary>The same, and refuses to have neither.</summary>
    public static string? MasksOrAnnotationsNeeded(CommandResult result) => MasksOrAnnotations(result)
        ?? (result.Gives(AnnotationsName) || result.Gives("--masks")
            ? null
            : "Option '--masks' is required, or '--annotations' in its place.");

    /// <summary>Refuses command lines without the option.</summary>
    public static Option<T> Required<T>(this Option<T> option)
    {
        option.Required = true;
        return option;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>Options that more than one command has, and how they are checked.</summary>
internal static class CommonOptions
{
    /// <summary>The part of a split that is scored unless another is asked for.</summary>
    public const string TestPart = "test";

    /// <summary>Whether an error shows where it came from.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show the stack trace of an error.", Recursive = true };

    public static Option<string> Model() => new("--model") { Description = "The model: an .onnx file, or an ML.NET zip with one in it.", HelpName = "FILE", Required = true };

    public static Option<string> Images(string description, string helpName = "PATH") =>
        new("--images") { Description = description, HelpName = helpName, Required = true };

    public static Option<string?> Masks() => new("--masks")
    {
        Description = "A folder with a mask for each image, of the same size: a PNG, TIFF, BMP or GIF whose values are class numbers. It has the image's name, "
            + "or that with _mask, _gt, _label, _labels or _seg behind it or before it; in subfolders as the images.",
        HelpName = "DIR",
    };

    public static Option<string?> MaskSuffix() => new("--mask-suffix")
    {
        Description = "What follows an image's name in that of its mask, such as _matte; \"\" for nothing. [default: what fits]",
        HelpName = "TEXT",
    };

    public static Option<int?> MaskThreshold() => Between(new Option<int?>("--mask-threshold")
    {
        Description = "Read the masks as two classes: pixels of this value and brighter ones are the second. 128 is for black and white masks with gray edges, "
            + "1 for those where every value above 0 is the object. [default: none, but 128 where all masks hold 0 and 255 alone]",
        HelpName = "N",
    }, 1, ushort.MaxValue + 1);

    public static Option<string> Out(string description, string helpName = "FILE") =>
        new("--out") { Description = description, HelpName = helpName, Required = true };

    /// <summary>The model that a training writes.</summary>
    public static Option<string> ModelOut()
    {
        Option<string> option = Out("The model to write, an .onnx file.");
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Path.GetExtension(result.Tokens[0].Value).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
                result.AddError($"Option '--out' is {result.Tokens[0].Value}, expected a name that ends in .onnx: a model is an ONNX file, of which code makes an ML.NET zip.");
        });
        return option;
    }

    public static Option<string?> Split() => new("--split") { Description = "A CSV file with the columns name and split.", HelpName = "FILE.csv" };

    public static Option<string?> Part(string fallback) =>
        new("--part") { Description = $"Take the images whose split is this. [default with --split: {fallback}]", HelpName = "NAME" };

    public static Option<string?> Classes() => new("--classes")
    {
        Description = "A text file with one class a line: 'name' or 'index name', with an optional colour #RRGGBB. [default: numbered as in the masks]",
        HelpName = "FILE",
    };

    public static Option<int?> Ignore(string description) => AtLeast(new Option<int?>("--ignore") { Description = description, HelpName = "N" }, 0);

    /// <summary>The range of samples of more than 8 bits.</summary>
    public static Option<SampleRange?> Range(string fallback) => new("--range")
    {
        Description = "The values that become black and white in images of more than 8 bits a sample, such as 0..4095. " + fallback,
        HelpName = "LOW..HIGH",
        CustomParser = ParseRange,
    };

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

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on standard output." };

    public static Option<int> Seed() => new("--seed") { Description = "Equal seeds give equal models.", HelpName = "N", DefaultValueFactory = _ => 1 };

    /// <summary>An option with a default value; null for none.</summary>
    public static Option<T> Create<T>(string name, string helpName, string description, T value)
    {
        var option = new Option<T>(name) { Description = description, HelpName = helpName };
        if (value is not null) option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>Refuses values below the least one.</summary>
    public static Option<T> AtLeast<T>(Option<T> option, double least)
    {
        option.Validators.Add(result => Check(result, option, value => value >= least, $"at least {least}"));
        return option;
    }

    /// <summary>Refuses values below the first number, and from the second on.</summary>
    public static Option<T> Between<T>(Option<T> option, double first, double end)
    {
        option.Validators.Add(result => Check(result, option, value => value >= first && value < end, $"at least {first} and below {end}"));
        return option;
    }

    /// <summary>Refuses 0, negative and infinite values.</summary>
    public static Option<T> Positive<T>(Option<T> option)
    {
        option.Validators.Add(result => Check(result, option, value => value > 0 && double.IsFinite(value), "a number above 0"));
        return option;
    }

    /// <summary>Refuses a part without the split file that it belongs to.</summary>
    public static void RequireSplitForPart(this Command command, Option<string?> split, Option<string?> part) => command.Validators.Add(result =>
    {
        if (result.GetResult(part) is not null && result.GetResult(split) is null) result.AddError("Option '--part' needs '--split'.");
    });

    /// <summary>The part that is meant: the one given, the fallback with a split file, else none.</summary>
    public static string? PartOf(ParseResult result, Option<string?> split, Option<string?> part, string fallback) =>
        result.GetValue(part) ?? (result.GetValue(split) is null ? null : fallback);

    /// <summary>The value that a name stands for.</summary>
    public static T? ParseName<T>(ArgumentResult result, IReadOnlyDictionary<string, T> values)
    {
        string text = result.Tokens[0].Value;
        if (values.TryGetValue(text, out T? value)) return value;
        result.AddError(Unknown(((OptionResult)result.Parent!).Option.Name, text, [.. values.Keys]));
        return default;
    }

    /// <summary>Refuses every value but these names.</summary>
    public static Option<T> OneOf<T>(this Option<T> option, params string[] names)
    {
        option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => !names.Contains(token.Value))) result.AddError(Unknown(option.Name, token.Value, names));
        });
        return option;
    }

    /// <summary>The error of an option whose value is none of the names that there are.</summary>
    public static string Unknown(string option, string typed, IReadOnlyCollection<string> known) =>
        $"Option '{option}' is {typed}, expected {string.Join(", ", known)}.{Suggestion.For(typed, known)}";

    private static void Check<T>(OptionResult result, Option<T> option, Func<double, bool> isRight, string expected)
    {
        // A value that is no number at all has its error already.
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, out double value) && !isRight(value))
            result.AddError($"Option '{option.Name}' is {result.Tokens[0].Value}, expected {expected}.");
    }
}

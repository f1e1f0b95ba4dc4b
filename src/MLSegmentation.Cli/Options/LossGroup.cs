using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c> that say what is minimised.</summary>
internal static class LossGroup
{
    private static readonly SegmentationLossOptions _defaults = new();
    private static readonly Dictionary<string, ClassWeighting> _weightings = new()
    {
        ["none"] = ClassWeighting.None,
        ["inverse"] = ClassWeighting.InverseFrequency,
        ["median"] = ClassWeighting.MedianFrequency,
    };

    public static OptionGroup<SegmentationLossOptions> Create() => new()
    {
        {
            CommandOption.Parsed(
                "--loss", "SUM",
                "A sum of ce (cross-entropy), dice, focal, lovasz, tversky, ohem (hard pixels) and crf (borders along the edges "
                + "of the image), each with a factor if need be, such as 0.5*ce+dice. [default: ce+dice, or ce+0.3*dice where "
                + "one class has nearly all pixels]", ParseSum),
            options => (
                options.CrossEntropy, options.Dice, options.Focal, options.Lovasz, options.Tversky, options.Ohem, options.Crf),
            (options, value) => options with
            {
                CrossEntropy = value.CrossEntropy,
                Dice = value.Dice,
                Focal = value.Focal,
                Lovasz = value.Lovasz,
                Tversky = value.Tversky,
                Ohem = value.Ohem,
                Crf = value.Crf,
            }
        },
        {
            CommandOption.Of(
                "--focal-gamma", "X",
                "The power by which focal lowers the part of pixels that are known well.", _defaults.FocalGamma).AtLeast(0),
            options => options.FocalGamma,
            (options, value) => options with { FocalGamma = value }
        },
        {
            CommandOption.Flag("--lovasz-per-image", "Take lovasz of each image, not of all pixels of a batch."),
            options => options.LovaszPerImage,
            (options, value) => options with { LovaszPerImage = value }
        },
        {
            CommandOption.Of(
                "--tversky-alpha", "X", "What tversky weighs pixels by that are wrongly said to be of a class.",
                _defaults.TverskyAlpha).AtLeast(0),
            options => options.TverskyAlpha,
            (options, value) => options with { TverskyAlpha = value }
        },
        {
            CommandOption.Of(
                "--tversky-beta", "X", "What tversky weighs missed pixels of a class by.", _defaults.TverskyBeta).AtLeast(0),
            options => options.TverskyBeta,
            (options, value) => options with { TverskyBeta = value }
        },
        {
            CommandOption.Of(
                "--ohem-fraction", "X", "The least part of a batch's pixels that ohem counts, the hardest ones.",
                _defaults.OhemFraction).Within(0, 1),
            options => options.OhemFraction,
            (options, value) => options with { OhemFraction = value }
        },
        {
            CommandOption.Of(
                "--ohem-threshold", "X", "The probability of its label below which ohem counts every pixel.",
                _defaults.OhemThreshold).Within(0, 1),
            options => options.OhemThreshold,
            (options, value) => options with { OhemThreshold = value }
        },
        {
            CommandOption.Parsed(
                "--class-weights", "NAME|LIST",
                "How rare classes are raised in ce, focal and ohem: none, inverse (frequency), median (frequency), or a "
                + "number for each class, such as 1,2.5,1. [default: by the images, none unless one class has nearly all "
                + "pixels]", ParseWeights),
            options => (options.ClassWeighting, options.ClassWeights),
            (options, value) => options with { ClassWeighting = value.ClassWeighting, ClassWeights = value.ClassWeights }
        },
        {
            CommandOption.Of<double>(
                "--label-smoothing", "X", "The part of each label that is spread over all classes in ce.").Below(0, 1),
            options => options.LabelSmoothing,
            (options, value) => options with { LabelSmoothing = value }
        },
    };

    private static SegmentationLossOptions ParseWeights(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (_weightings.TryGetValue(text, out ClassWeighting weighting)) return _defaults with { ClassWeighting = weighting };
        float[] weights =
        [
            .. text.Split(',').Select(
                part => float.TryParse(part, CultureInfo.InvariantCulture, out float weight) ? weight : float.NaN),
        ];
        if (weights.All(weight => weight >= 0 && float.IsFinite(weight))) return _defaults with { ClassWeights = weights };
        string names = string.Join(", ", _weightings.Keys);
        result.AddError(
            $"Option '--class-weights' is {text}, expected {names}, or numbers of at least 0 with commas between them."
            + Suggestion.For(text, _weightings.Keys));
        return _defaults;
    }

    private static SegmentationLossOptions ParseSum(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] terms = ["ce", "dice", "focal", "lovasz", "tversky", "ohem", "crf"];
        Dictionary<string, double> factors = terms.ToDictionary(name => name, _ => 0.0);
        foreach (string term in text.Split('+'))
        {
            string[] parts = term.Split('*');
            double factor = 1;
            bool isRight = parts.Length == 1
                || (parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out factor)
                    && factor > 0 && double.IsFinite(factor));
            if (!isRight || !factors.TryGetValue(parts[^1], out double given) || given > 0)
            {
                result.AddError(
                    $"Option '--loss' is {text}, expected a sum of {string.Join(", ", terms)}, each once and with a factor "
                    + "above 0 if need be, such as "
                    + $"0.5*ce+dice.{Suggestion.For(parts[^1], terms.Where(name => name != parts[^1]))}");
                return _defaults;
            }
            factors[parts[^1]] = factor;
        }
        return _defaults with
        {
            CrossEntropy = factors["ce"],
            Dice = factors["dice"],
            Focal = factors["focal"],
            Lovasz = factors["lovasz"],
            Tversky = factors["tversky"],
            Ohem = factors["ohem"],
            Crf = factors["crf"],
        };
    }
}

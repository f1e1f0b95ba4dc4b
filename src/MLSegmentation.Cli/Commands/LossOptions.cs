using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c> that say what is minimised.</summary>
internal sealed class LossOptions
{
    private static readonly SegmentationLossOptions _defaults = new();
    private readonly Option<SegmentationLossOptions?> _loss = new("--loss")
    {
        Description = "A sum of ce (cross-entropy), dice and focal, each with a factor if need be, such as 0.5*ce+dice. [default: ce+dice]",
        HelpName = "SUM",
        CustomParser = ParseSum,
    };

    private static readonly Dictionary<string, ClassWeighting> _weightings = new()
    {
        ["none"] = ClassWeighting.None,
        ["inverse"] = ClassWeighting.InverseFrequency,
        ["median"] = ClassWeighting.MedianFrequency,
    };

    private readonly Option<SegmentationLossOptions?> _classWeights = new("--class-weights")
    {
        Description = "How rare classes are raised in ce and focal: none, inverse (frequency), median (frequency), or a number for each class, such as 1,2.5,1. [default: none]",
        HelpName = "NAME|LIST",
        CustomParser = ParseWeights,
    };

    private readonly Option<double> _focalGamma = CommonOptions.AtLeast(new Option<double>("--focal-gamma")
    {
        Description = "The power by which focal lowers the part of pixels that are known well.",
        HelpName = "X",
        DefaultValueFactory = _ => _defaults.FocalGamma,
    }, 0);

    private readonly Option<double> _labelSmoothing = CommonOptions.Between(
        new Option<double>("--label-smoothing") { Description = "The part of each label that is spread over all classes in ce.", HelpName = "X" }, 0, 1);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_loss);
        command.Add(_focalGamma);
        command.Add(_classWeights);
        command.Add(_labelSmoothing);
    }

    /// <summary>The loss that the command line asks for.</summary>
    public SegmentationLossOptions Read(ParseResult result)
    {
        SegmentationLossOptions weighting = result.GetValue(_classWeights) ?? _defaults;
        return (result.GetValue(_loss) ?? _defaults) with
        {
            FocalGamma = result.GetValue(_focalGamma),
            LabelSmoothing = result.GetValue(_labelSmoothing),
            ClassWeighting = weighting.ClassWeighting,
            ClassWeights = weighting.ClassWeights,
        };
    }

    private static SegmentationLossOptions? ParseWeights(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (_weightings.TryGetValue(text, out ClassWeighting weighting)) return _defaults with { ClassWeighting = weighting };
        float?[] weights = [.. text.Split(',').Select(part => float.TryParse(part, CultureInfo.InvariantCulture, out float weight) && weight >= 0 && float.IsFinite(weight) ? weight : (float?)null)];
        if (!weights.Contains(null)) return _defaults with { ClassWeights = [.. weights.Select(weight => weight!.Value)] };
        result.AddError($"Option '--class-weights' is {text}, expected {string.Join(", ", _weightings.Keys)}, or numbers of at least 0 with commas between them.{Suggestion.For(text, _weightings.Keys)}");
        return null;
    }

    private static SegmentationLossOptions? ParseSum(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        var factors = new Dictionary<string, double> { ["ce"] = 0, ["dice"] = 0, ["focal"] = 0 };
        foreach (string term in text.Split('+'))
        {
            string[] parts = term.Split('*');
            double factor = 1;
            bool isRight = parts.Length == 1
                || (parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out factor) && factor > 0 && double.IsFinite(factor));
            if (!isRight || !factors.TryGetValue(parts[^1], out double given) || given > 0)
            {
                result.AddError($"Option '--loss' is {text}, expected a sum of ce, dice and focal, each once and with a factor above 0 if need be, such as 0.5*ce+dice.{Suggestion.For(parts[^1], factors.Keys.Where(name => name != parts[^1]))}");
                return null;
            }
            factors[parts[^1]] = factor;
        }
        return _defaults with { CrossEntropy = factors["ce"], Dice = factors["dice"], Focal = factors["focal"] };
    }
}

using System.Text.RegularExpressions;

namespace MLSegmentation.Cli;

/// <summary>
/// Messages of the library in the words of the command line. The library names the properties of its options, as whoever writes
/// code knows them; here they are the options that set them.
/// </summary>
internal static partial class OptionWords
{
    // Stands for a quotation while a message is translated: no character of any text.
    private const string Quotation = "\uFFFF";

    private static readonly Dictionary<string, string> _phrases = new()
    {
        ["ImageWidth and ImageHeight are"] = "--size is",
        ["Set Sizing to Stretch or Letterbox"] = "Give --sizing stretch or letterbox",
        ["Set Sizing to"] = "Give --sizing",
        ["the sizing is Native. Use the sizing Letterbox or Stretch"] = "--sizing is native. Give --sizing letterbox or stretch",
        ["The training window is"] = "--window is",
        ["The test-time augmentation has the scales"] = "--scales is",
        ["Leave the scales at 1"] = "Leave --scales out",
        ["set Threshold"] = "give --mask-threshold 128",
        ["set IgnoreLabel to it"] = "give it to --ignore",
        ["Set Preparation to ImagePreparation."] = "Give --preparation ",
        ["Set Preparation to the one that"] = "Give the one with --preparation that",
        ["Set Preparation to one of these"] = "Give one of these with --preparation",
        ["numbers of your own"] = "numbers such as scale=1/255,mean=0.5,deviation=0.25,order=bgr",
        ["The options say that pixels are prepared as"] = "--preparation is",
        ["Leave Preparation out"] = "Leave --preparation out",
        ["Set Output to"] = "Give --output",
        ["set Output to"] = "give --output",
        ["say with Scores what it is"] = "say with --scores what it is",
        ["Use ReconstructImage."] = "Score it in code, with ReconstructImage.",
        ["Use ClassifyImage."] = "Score it in code, with ClassifyImage.",
        ["Leave Output out"] = "Leave --output out",
        ["Threshold is"] = "--threshold is",
        ["Leave Threshold out"] = "Leave --threshold out",
        ["Scores is"] = "--scores is",
        ["Set Scores to"] = "Give --scores",
        ["set Scores to"] = "give --scores",
        ["Leave Scores out"] = "Leave --scores out",
        ["ClassNames or Classes"] = "--classes or --class-count",
        ["Set OneChannel"] = "Give --one-channel",
        ["set OneChannel"] = "give --one-channel",
        ["for Classes"] = "for --class-count",
        ["Set Classes to"] = "Give --class-count",
        ["Classes is"] = "--class-count is",
        ["Leave Classes out"] = "Leave --class-count out",
        ["ValidationSet or ValidationFraction"] = "--validation, --validation-part or --validation-images",
        ["The class weights are"] = "--class-weights is",
        ["The factors of the Tversky loss are"] = "--tversky-alpha and --tversky-beta are",
        ["Lower the learning rate"] = "Lower the --learning-rate",
        [" or ConfusionMatrixFile.Write made"] = " made",
        ["Load the model with the sizing Tiled"] = "Give --sizing tiled",
        ["maskSuffix"] = "--mask-suffix",
        ["(Device)"] = "(--device)",
        ["leave Device out, or set FallbackToCpu to train on the CPU instead"] = "leave --device out to train on the CPU",
        ["set ExecutionProvider to Auto, which takes what there is, or to Cpu"] =
            "give --execution-provider auto, which takes what there is, or cpu",
    };

    private static readonly Dictionary<string, ImagePreparation> _presets = new()
    {
        [nameof(ImagePreparation.AsIs)] = ImagePreparation.AsIs,
        [nameof(ImagePreparation.ZeroToOne)] = ImagePreparation.ZeroToOne,
        [nameof(ImagePreparation.MinusOneToOne)] = ImagePreparation.MinusOneToOne,
        [nameof(ImagePreparation.ImageNetRgb)] = ImagePreparation.ImageNetRgb,
        [nameof(ImagePreparation.ImageNetBgr)] = ImagePreparation.ImageNetBgr,
        [nameof(ImagePreparation.CaffeBgr)] = ImagePreparation.CaffeBgr,
    };

    private static readonly Dictionary<string, string> _properties = Properties();
    private static readonly Dictionary<string, string> _noted = Noted();

    /// <summary>The message for whoever typed a command; what it quotes, such as the names of files, stays as it is.</summary>
    public static string Translate(string message)
    {
        var quoted = new Queue<string>();
        message = Quoted().Replace(message, match =>
        {
            quoted.Enqueue(match.Value);
            return Quotation;
        });
        foreach ((string phrase, string words) in _phrases) message = message.Replace(phrase, words, StringComparison.Ordinal);
        message = Kind().Replace(
            message,
            match => OutputGroup.Kinds.FirstOrDefault(kind => $"{kind.Value}" == match.Groups[1].Value).Key ?? match.Value);
        message = NotedName().Replace(message, match => _noted.GetValueOrDefault(match.Value, match.Value));
        message = PropertyName().Replace(message, match => _properties.GetValueOrDefault(match.Value, match.Value));
        return QuotationMark().Replace(message, match => quoted.TryDequeue(out string? quotation) ? quotation : match.Value);
    }

    /// <summary>The option of each property's name, unless several options set properties of that name.</summary>
    private static Dictionary<string, string> Properties()
    {
        var names = new Dictionary<string, string>
        {
            [nameof(ImageModelOptions.BadImagePolicy)] = SegmentingOptions.BadImages().Name,
            [nameof(SegmentationOptions.ClassNames)] = "--classes",
            ["ClassWeighting"] = "--class-weights",
            ["ClassWeights"] = "--class-weights",
            [nameof(ImageModelOptions.DeviceId)] = DeviceChoice.Option().Name,
            [nameof(ImageModelOptions.ExecutionProvider)] = DeviceChoice.Option().Name,
            ["IgnoreLabel"] = "--ignore",
            [nameof(SegmentationOptions.MaskSize)] = SegmentingOptions.MaskSize().Name,
            [nameof(SegmentationOptions.MinRegionPixels)] = PostprocessingGroup.MinRegion().Name,
        };
        foreach (var (preset, name) in _presets) names.Add(preset, name.ToString());
        var known = Paths(TrainSegmentationGroup.Create()).Concat(Paths(TrainAutoencoderGroup.Create()))
            .Concat(Paths(ScoringGroup.Create(out _))).Concat(Paths(PostprocessingGroup.Create()));
        foreach (var options in known.ToLookup(one => one.Path.Split('.')[^1], one => one.Option))
        {
            if (options.Distinct().Count() == 1) names.TryAdd(options.Key, options.First());
        }
        return names;
    }

    /// <summary>What a checkpoint notes of its training, by which it knows it again: "Seed was 1, is 2".</summary>
    private static Dictionary<string, string> Noted()
    {
        var names = new Dictionary<string, string>
        {
            ["Augmentation.MaxScale"] = "the largest of --scales",
            ["Augmentation.MinScale"] = "the least of --scales",
            ["Channels"] = "the number of channels",
            ["Classes"] = "the list of classes",
            ["Encoder"] = "the encoder of --network, --freeze-encoder, --freeze-stages and --weights",
            ["ImageData"] = "the fingerprint of the images and masks",
            ["ImageSize"] = "--size",
            ["Images"] = "the number of images",
            ["Loss.ClassWeighting"] = "--class-weights",
            ["Loss.ClassWeights"] = "--class-weights",
            ["Loss.CrossEntropy"] = "ce in --loss",
            ["Loss.Dice"] = "dice in --loss",
            ["Loss.Focal"] = "focal in --loss",
            ["Loss.Lovasz"] = "lovasz in --loss",
            ["Loss.Ohem"] = "ohem in --loss",
            ["Loss.Crf"] = "crf in --loss",
            ["Loss.Tversky"] = "tversky in --loss",
            ["RestoreBestWeights"] = "the opposite of --keep-last",
            ["Schedule.Every"] = "the part of --schedule step",
            ["Schedule.Factor"] = "the factor of --schedule step",
            ["Schedule.Power"] = "the power of --schedule polynomial",
            ["ValidationData"] = "the fingerprint of the images to validate with",
            ["Window"] = "--window",
        };
        foreach (var (path, option) in Paths(TrainSegmentationGroup.Create()).Concat(Paths(TrainAutoencoderGroup.Create())))
            names.TryAdd(path.StartsWith("Trainer.", StringComparison.Ordinal) ? path["Trainer.".Length..] : path, option);
        return names;
    }

    private static IEnumerable<(string Path, string Option)> Paths<T>(OptionGroup<T> group) =>
        group.Where(target => target.Property is not null).Select(target => (target.Property!, target.Option.Name));

    // An apostrophe within a word, or at its end, begins and ends nothing.
    [GeneratedRegex(@"(?<!\w)'.*?'(?!\w)")]
    private static partial Regex Quoted();

    [GeneratedRegex(Quotation)]
    private static partial Regex QuotationMark();

    [GeneratedRegex($@"\b{nameof(ScoreKind)}\.([A-Za-z]+)\b")]
    private static partial Regex Kind();

    // A name of two words at least: a single one may be a word of the sentence.
    [GeneratedRegex(@"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b")]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]*)?(?= was [^;]*?, is )")]
    private static partial Regex NotedName();
}

using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training;

/// <summary>
/// Makes the choices that the options of a segmentation leave open by what the images are, and writes down why. What the options
/// give is kept.
/// </summary>
/// <param name="data">What the images are.</param>
/// <param name="graph">The network.</param>
/// <param name="classNames">The names of the classes.</param>
internal sealed class SegmentationPlanner(SegmentationFingerprint data, LayerGraph graph, IReadOnlyList<string> classNames)
{
    private static readonly Dictionary<ClassWeighting, string> _weightings = new()
    {
        [ClassWeighting.None] = "none",
        [ClassWeighting.InverseFrequency] = "inverse frequency",
        [ClassWeighting.MedianFrequency] = "median frequency",
    };

    private readonly ChoiceTable _table = new();

    /// <summary>The choices so far.</summary>
    public ChoiceTable Table => _table;

    /// <summary>The options with every choice that the images decide about.</summary>
    public SegmentationTrainerOptions Choose(SegmentationTrainerOptions options)
    {
        Describe(options);
        options = ChooseSize(options);
        options = ChooseWindow(options);
        options = ChooseBatch(options);
        options = ChooseLoss(options);
        return ChooseAugmentation(options);
    }

    private static string Percent(double part) => $"{SegmentationRules.Text(100 * part)} %";

    private void Describe(SegmentationTrainerOptions options)
    {
        string sizes = data.Areas.Least == data.Areas.Largest
            ? "all of one size"
            : $"{SegmentationRules.Text(data.Areas.Least / 1e6)} to {SegmentationRules.Text(data.Areas.Largest / 1e6)} "
                + "megapixels";
        _table.Add(
            "images", $"{data.Images}", $"{data.Size.Width}x{data.Size.Height} in the middle, {sizes}, "
                + $"{(data.IsGray ? "gray" : "in colour")}{(data.Looked < data.Images ? $"; {data.Looked} looked at" : "")}");
        _table.Add(
            "network", graph.Name, $"{graph.ParameterCount:N0} parameters, {Plural.Of(classNames.Count, "class")}");
        bool isModel = !options.InitialModel.IsEmpty;
        _table.Add(
            "weights", isModel ? "a model" : options.PretrainedWeights is { } name ? Path.GetFileName(name) : "none",
            isModel ? null
                : options.PretrainedWeights is null or PretrainedWeights.None ? "every layer begins at random"
                : "the encoder begins with them");
    }

    private SegmentationTrainerOptions ChooseSize(SegmentationTrainerOptions options)
    {
        if (options.ImageWidth > 0 || options.Sizing == ImageSizing.Native)
        {
            ImageSizing given = options.Sizing ?? ImageSizing.Letterbox;
            _table.Add("size", Size(given, options.ImageWidth, options.ImageHeight), null);
            return options with { Sizing = given };
        }
        double scale = SegmentationRules.Scale(data);
        bool isNative = options.Sizing is null && SegmentationRules.IsNative(data);
        int multiple = graph.SizeMultiple;
        var (width, height) = isNative
            ? data.Size
            : (TrainingSize.Round(data.Size.Width * scale, multiple), TrainingSize.Round(data.Size.Height * scale, multiple));
        ImageSizing sizing = isNative ? ImageSizing.Native : options.Sizing ?? ImageSizing.Letterbox;
        _table.Add("size", Size(sizing, width, height), WhySize(scale));
        return options with { ImageWidth = width, ImageHeight = height, Sizing = sizing };
    }

    private string WhySize(double scale)
    {
        if (SegmentationRules.Smallest(data) is not var (index, across)) return "no class but one has regions";
        var (width, height) = data.Size;
        if (SegmentationRules.IsNearlyNative(data) && !SegmentationRules.IsNative(data))
            return $"an image has {SegmentationRules.Text(data.Areas.Largest / 1e6)} megapixels, too many to keep them native";
        double usual = Math.Min(Math.Sqrt(TrainingSize.LargestArea / ((double)width * height)), 1);
        string regions =
            $"the smallest regions ({ClassText.Of(classNames[index])}, {Percent(SegmentationFingerprint.SmallPart)} of "
            + $"its pixels) are {SegmentationRules.Text(across)} pixels across";
        return usual == 1 ? $"{regions}, and images small"
            : scale > usual
                ? $"{regions}, {SegmentationRules.Text(across * usual)} at the usual area, less than "
                    + $"{SegmentationRules.LeastAcross}"
                : $"{regions}, and still {SegmentationRules.Text(across * usual)}";
    }

    private static string Size(ImageSizing sizing, int width, int height) => sizing == ImageSizing.Native
        ? "native"
        : $"{width}x{height} {sizing.ToString().ToLowerInvariant()}";

    private SegmentationTrainerOptions ChooseWindow(SegmentationTrainerOptions options)
    {
        TrainingSize usual = TrainingSize.Choose(options, data.Size, graph.SizeMultiple);
        bool isLarger = options.WindowWidth == 0 && !usual.IsWhole && SegmentationRules.IsTooSmall(data, usual);
        TrainingSize size = isLarger ? usual.WithLargestWindow(graph.SizeMultiple) : usual;
        string? why = options.WindowWidth > 0 ? null
            : usual.IsWhole ? "the whole image"
            : isLarger ? WhyLarger(usual)
            : "about three quarters of the sides: fast steps";
        _table.Add("window", $"{size.WindowWidth}x{size.WindowHeight}", why);
        return options with
        {
            ImageWidth = size.ImageWidth,
            ImageHeight = size.ImageHeight,
            WindowWidth = size.WindowWidth,
            WindowHeight = size.WindowHeight,
        };
    }

    private string WhyLarger(TrainingSize usual)
    {
        var (index, across) = SegmentationRules.Largest(data)!.Value;
        return $"the largest regions ({ClassText.Of(classNames[index])}, half of its pixels) are "
            + $"{SegmentationRules.Text(across)} pixels across: much of {usual.WindowWidth}x{usual.WindowHeight}";
    }

    private SegmentationTrainerOptions ChooseBatch(SegmentationTrainerOptions options)
    {
        int trained = (int)Math.Round(data.Images * (1 - (options.ValidationSet is null ? options.ValidationFraction : 0)));
        int batch = options.BatchSize ?? SegmentationRules.Batch(trained);
        _table.Add(
            "batch", $"{batch}",
            options.BatchSize is not null
                ? null
                : $"{Plural.Of(trained, "image")}, at least {SegmentationRules.LeastBatches} batches an epoch");
        return options with { BatchSize = batch };
    }

    private SegmentationTrainerOptions ChooseLoss(SegmentationTrainerOptions options)
    {
        SegmentationLossOptions loss = options.Loss;
        string most =
            $"{ClassText.Of(classNames[data.Background])} has {Percent(data.PixelParts[data.Background])} of the pixels";
        double dice = loss.Dice ?? SegmentationRules.Dice(data);
        _table.Add("dice", SegmentationRules.Text(dice), loss.Dice is null ? most : null);
        loss = loss with { Dice = dice };
        if (loss.ClassWeights is null && loss.ClassWeighting is null)
        {
            float[]? weights = SegmentationRules.ClassWeights(data);
            _table.Add(
                "class weights",
                weights is null ? "none" : string.Join(",", weights.Select(one => SegmentationRules.Text(one))),
                most);
            return options with { Loss = loss with { ClassWeighting = ClassWeighting.None, ClassWeights = weights } };
        }
        string given = loss.ClassWeights is { } list
            ? string.Join(",", list.Select(one => SegmentationRules.Text(one)))
            : _weightings[loss.ClassWeighting!.Value];
        _table.Add("class weights", given, null);
        return options with { Loss = loss };
    }

    private SegmentationTrainerOptions ChooseAugmentation(SegmentationTrainerOptions options)
    {
        AugmentationOptions augmentation = options.Augmentation;
        bool isUpright = options.Upright ?? SegmentationRules.IsUpright(data);
        _table.Add("up matters", isUpright ? "yes" : "no", options.Upright is not null ? null : WhyUpright());
        bool isKept = augmentation == AugmentationOptions.None || options.ShowsTheSameImages;
        augmentation = augmentation with { VerticalFlip = augmentation.VerticalFlip || (!isUpright && !isKept) };
        _table.Add(
            "mirrored", $"{(augmentation.HorizontalFlip ? "left to right" : "")}"
                + $"{(augmentation is { HorizontalFlip: true, VerticalFlip: true } ? ", " : "")}"
                + $"{(augmentation.VerticalFlip ? "top to bottom" : augmentation.HorizontalFlip ? "" : "no")}",
            options.Augmentation.VerticalFlip ? null
                : isUpright ? "up matters"
                : isKept ? "images are to change no more" : "up does not matter");
        return options with { Upright = isUpright, Augmentation = augmentation };
    }

    private string WhyUpright() => !SegmentationRules.IsProbed(data)
        ? $"too few images to tell ({data.Looked})"
        : $"a probe tells {Percent(data.UprightAccuracy!.Value)} of {data.Looked} from upside down; above "
            + $"{Percent(SegmentationRules.UprightLimit(data))} it matters";
}
